"""Forms filled in anew are other texts; reprints keep the facts of their original."""

from __future__ import annotations

import pytest

from pipeline.duplicates import compare
from pipeline.templates import Filling, facts, filling

RATES = (
    "Nilai tukar rupiah pada pembukaan perdagangan {day} bergerak {way} ke level Rp {rate} per dolar.\n"
    "Berdasarkan catatan pasar, mata uang itu berpindah {points} poin dari penutupan sebelumnya di level Rp {before}.\n"
    "Analis memperkirakan rupiah hari ini berada di kisaran Rp {low} sampai Rp {high} per dolar hingga sore.\n"
    "Pelaku pasar masih menunggu keputusan bank sentral tentang suku bunga yang diumumkan pada akhir pekan ini."
)
MONDAY = RATES.format(
    day="Senin (3/8)", way="menguat", rate="15.120", points="24", before="15.144", low="15.080", high="15.160"
)
TUESDAY = RATES.format(
    day="Selasa (4/8)", way="melemah", rate="15.177", points="57", before="15.120", low="15.140", high="15.210"
)
WEATHER = (
    "Hujan ringan diperkirakan turun di {city} sejak siang hari, kata petugas balai cuaca setempat dalam laporannya.\n"
    "Pada malam hari langit di atas {city} akan berawan, dengan angin yang bertiup pelan dari arah laut ke daratan.\n"
    "Warga {city} yang tinggal di tepi {river} diminta tetap waspada dan membersihkan saluran air di sekitar rumah.\n"
    "Suhu udara berkisar antara {low} hingga {high} derajat, sedangkan kelembapan mencapai {damp} persen."
)
HERE = WEATHER.format(city="Tanjung Sari", river="Kali Biru", low="23", high="31", damp="88")
THERE = WEATHER.format(city="Bukit Hijau", river="Sungai Kuning", low="19", high="27", damp="93")
PRAYER = (
    "Berikut jadwal salat untuk wilayah {city} dan sekitarnya yang dikeluarkan kantor agama pada hari ini.\n"
    "Waktu subuh di kota ini jatuh pada pukul {a}, dan waktu terbit menyusul pada pukul {b} waktu setempat.\n"
    "Waktu zuhur pada pukul {c}, asar pada pukul {d}, magrib pada pukul {e}, dan isya pada pukul {f} malam nanti.\n"
    "Jadwal ini dapat berubah beberapa menit menurut letak dan ketinggian tempat masing-masing pembaca sekalian."
)
QUAKE = (
    "A magnitude {size} earthquake struck off the coast of {place} on {day}, the geological office said in a note.\n"
    "The quake hit at a depth of {depth} kilometres and was centred {away} kilometres from the town of {town}.\n"
    "There were no immediate reports of damage or injuries, and the office did not issue a warning of high waves.\n"
    "The region sits on a belt of faults around the ocean where earthquakes and eruptions are a common occurrence."
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(MONDAY, TUESDAY, id="exchange rates of two days"),
        pytest.param(HERE, THERE, id="weather of two cities"),
        pytest.param(
            PRAYER.format(city="Tanjung Sari", a="04.31", b="05.48", c="11.52", d="15.14", e="17.50", f="19.04"),
            PRAYER.format(city="Bukit Hijau", a="04.27", b="05.44", c="11.47", d="15.10", e="17.46", f="19.00"),
            id="prayer times of two cities",
        ),
        pytest.param(
            QUAKE.format(size="5.2", place="Luar", day="Monday", depth="10", away="74", town="Teluk Dalam"),
            QUAKE.format(size="6.1", place="Dekat", day="Friday", depth="35", away="112", town="Kota Lama"),
            id="two earthquakes",
        ),
    ],
)
def test_a_form_filled_in_anew_is_no_copy(a: str, b: str) -> None:
    assert compare(a, b) is None
    assert compare(b, a) is None
    assert compare(a, a) is not None


@pytest.mark.parametrize(
    "reprint",
    [
        pytest.param(MONDAY.replace("Senin (3/8)", "Senin (3/8/2026)"), id="the date written out"),
        pytest.param(MONDAY.replace("Rp 15.120", "Rp15.120"), id="a figure set otherwise"),
        pytest.param(MONDAY.replace("24 poin", "25 poin"), id="one figure put right"),
        pytest.param(MONDAY.replace("Analis memperkirakan", "Pengamat menduga"), id="other words"),
        pytest.param("\n".join(MONDAY.split("\n")[:3]), id="the end cut"),
        pytest.param(f"Jakarta, Kabar Kota – {MONDAY}\nSumber: Kantor Berita", id="a dateline and a credit"),
    ],
)
def test_a_reprint_with_its_facts_is_a_copy(reprint: str) -> None:
    assert compare(MONDAY, reprint) is not None


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        ("Harga naik 5 persen di Kota Baru.", "Harga naik 5 persen di Kota Baru.", Filling(2, 0)),
        ("Harga naik 5 persen di Kota Baru.", "Harga naik 7 persen di Kota Lama.", Filling(0, 2)),
        ("Kata Presiden Budi Santo kemarin.", "Kata Budi Santo kemarin.", Filling(1, 0)),
        ("Pada Rabu (3/8/2026) siang.", "Pada Rabu (3/8) siang.", Filling(2, 0)),
        ("Pada Rabu (3/8/2026) siang.", "Lalu Kamis (4/8) malam.", Filling(0, 0)),
        ("", "Harga naik 5 persen.", Filling(0, 0)),
        ("ราคา 5 บาท", "ราคา 7 บาท", Filling(0, 1)),
    ],
)
def test_facts_are_compared_where_the_same_words_stand_around_them(a: str, b: str, wanted: Filling) -> None:
    assert filling(facts(a), facts(b)) == wanted
