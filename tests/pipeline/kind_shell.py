"""A second made-up newspaper, in other markup and other words than the first."""
# ruff: noqa: E501 (a table: one case to a line)

from __future__ import annotations

BASE = "https://www.suaratepi.example"
STORY = f"{BASE}/2026/06/01/wali-kota-resmikan-jembatan-baru"
SAID = {
    "id": [
        "Jembatan itu menghubungkan dua kelurahan yang selama ini hanya dilayani perahu tambang, kata kepala dinas pekerjaan umum.",
        "Warga yang datang sejak subuh menyambut peresmian dengan membawa bunga dan makanan dari dapur masing-masing.",
        "Pembangunan memakan waktu dua tahun dan sempat tertunda karena banjir pada awal musim hujan tahun lalu.",
        "Pemerintah kota berjanji akan memasang lampu di sepanjang jalan masuk sebelum akhir bulan depan.",
        "Seorang pedagang mengatakan bahwa jualannya lebih cepat sampai ke pasar sejak jalan itu dibuka untuk umum.",
        "Pengamat perkotaan meminta pemerintah menghitung kembali biaya perawatan agar tidak membebani anggaran.",
        "Anggota dewan akan memeriksa laporan proyek itu dalam rapat yang dijadwalkan pekan depan di balai kota.",
    ],
    "en": [
        "The bridge joins two districts that until now were served only by small boats, the head of public works said.",
        "Residents who came before dawn greeted the opening with flowers and food from their own kitchens.",
        "Construction took two years and was held up by floods at the beginning of the rainy season last year.",
        "The city has promised to put up lights along the approach road before the end of next month.",
        "A trader said that her goods had reached the market sooner ever since the road was opened to everybody.",
        "An urban planner asked the government to count again what the upkeep of the bridge will cost.",
    ],
}


HEADING = "<h1>Wali kota resmikan jembatan baru</h1>"


def shell(inside: str, title: str = "Suara Tepi", head: str = "") -> str:
    """Another template: tables of divs, no semantic elements."""
    menu = "".join(
        f"<div class=m><a href='/{name}'>{name.title()}</a></div>"
        for name in ("nasional", "daerah", "ekonomi", "hiburan", "video", "foto")
    )
    return f"<html><head><title>{title}</title>{head}</head><body><div id=top>{menu}</div><div id=isi>{inside}</div><div id=bawah>Suara Tepi &copy; 2026. Hak cipta dilindungi.</div></body></html>"


def told(language: str, count: int) -> str:
    return "".join(f"<div>{text}</div>" for text in SAID[language][:count])


def links(count: int, start: int = 0) -> str:
    return "".join(
        f"<div class=k><a href='/2026/05/{n % 28 + 1:02d}/kabar-lain-dari-kota-tetangga-{n}'>Kabar lain dari kota tetangga yang ke-{n}</a><span>{n} jam lalu</span></div>"
        for n in range(start, start + count)
    )
