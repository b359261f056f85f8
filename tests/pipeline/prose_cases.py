"""What stands between the paragraphs of an article, looks like furniture, and is the article's own.

All text is our own. In the markup `{url}` is the address of another article.
"""

from __future__ import annotations

# Between two paragraphs; each is the article's own and stays, as the given blocks.
KEPT: dict[str, tuple[str, tuple[str, ...]]] = {
    "link in a sentence": (
        "<p>Menurut <a href='{url}'>laporan tentang pohon di tepi kali</a>, taman itu perlu.</p>",
        ("Menurut laporan tentang pohon di tepi kali, taman itu perlu.",),
    ),
    "sentence that begins with a link": (
        "<p><a href='{url}'>Wali kota dan para tamu kota</a> menanam sepuluh pohon di taman itu.</p>",
        ("Wali kota dan para tamu kota menanam sepuluh pohon di taman itu.",),
    ),
    "sentence that ends with a link": (
        "<p>Taman itu diberitakan pekan lalu dalam <a href='{url}'>tulisan tentang pohon di tepi kali</a>.</p>",
        ("Taman itu diberitakan pekan lalu dalam tulisan tentang pohon di tepi kali.",),
    ),
    "second sentence begins with a link": (
        "<p>Taman itu luas. <a href='{url}'>Para warga kota yang tua</a> menyukainya.</p>",
        ("Taman itu luas. Para warga kota yang tua menyukainya.",),
    ),
    "prose that begins with Baca": (
        "<p>Baca, tulis dan hitung diajarkan di taman itu setiap hari Minggu.</p>",
        ("Baca, tulis dan hitung diajarkan di taman itu setiap hari Minggu.",),
    ),
    "prose that says read also": (
        "<p>Ia meminta warga: baca juga aturan taman sebelum berkunjung ke sana.</p>",
        ("Ia meminta warga: baca juga aturan taman sebelum berkunjung ke sana.",),
    ),
    "prose that begins with Simak": (
        "<p>Simak yang baik, kata guru itu kepada para murid yang datang ke taman pada pagi hari.</p>",
        ("Simak yang baik, kata guru itu kepada para murid yang datang ke taman pada pagi hari.",),
    ),
    "prose that begins with Related": (
        "<p>Related costs will be paid by the city, the mayor told reporters at the new park.</p>",
        ("Related costs will be paid by the city, the mayor told reporters at the new park.",),
    ),
    "prose that begins with Read": (
        "<p>Read together by children every Sunday, the park's story board is a favourite of many.</p>",
        ("Read together by children every Sunday, the park's story board is a favourite of many.",),
    ),
    "prose that begins with Follow": (
        "<p>Follow-up work on the park will be shown on Instagram, the city said on Monday morning.</p>",
        ("Follow-up work on the park will be shown on Instagram, the city said on Monday morning.",),
    ),
    "prose that speaks of WhatsApp": (
        ("<p>Ikuti aturan taman, pesan wali kota kepada warga yang bertanya lewat grup WhatsApp pekan lalu, “karena"
        " taman ini milik bersama dan harus dijaga oleh kita semua setiap hari,” katanya di hadapan para tamu.</p>"),
        (("Ikuti aturan taman, pesan wali kota kepada warga yang bertanya lewat grup WhatsApp pekan lalu, “karena taman"
         " ini milik bersama dan harus dijaga oleh kita semua setiap hari,” katanya di hadapan para tamu."),),
    ),
    "prose about Google News": (
        "<p>Google News menutup layanannya di kota itu, kata wali kota kepada wartawan.</p>",
        ("Google News menutup layanannya di kota itu, kata wali kota kepada wartawan.",),
    ),
    "prose that begins with Share": (
        "<p>Share prices of the builder rose by a tenth after the park was opened to the public.</p>",
        ("Share prices of the builder rose by a tenth after the park was opened to the public.",),
    ),
    "prose that begins with Iklan": (
        "<p>Iklan rokok tidak boleh dipasang di taman itu, kata wali kota kepada wartawan.</p>",
        ("Iklan rokok tidak boleh dipasang di taman itu, kata wali kota kepada wartawan.",),
    ),
    "services with links": (
        ("<p>Layanan yang dapat dibuka warga:</p><ul><li><a href='https://layanan.example/'>Peta taman</a> untuk"
        " melihat taman terdekat</li><li><a href='https://lapor.example/'>Lapor</a> untuk mengadu</li></ul>"),
        ("Layanan yang dapat dibuka warga:", "- Peta taman untuk melihat taman terdekat",
         "- Lapor untuk mengadu"),
    ),
    "list of documents": (
        ("<ul><li><a href='https://data.example/rencana.pdf'>Rencana taman kota tahun 2026 sampai 2030</a></li>"
        "<li><a href='https://data.example/biaya.pdf'>Biaya taman kota tahun 2026 sampai 2030</a></li></ul>"),
        ("- Rencana taman kota tahun 2026 sampai 2030", "- Biaya taman kota tahun 2026 sampai 2030"),
    ),
    "subhead in bold": ("<p><strong>Taman dan Air</strong></p>", ("Taman dan Air",)),
    "subhead in title case": (
        "<p><strong>Tujuh Taman Baru Akan Dibangun Sampai Akhir Tahun Ini</strong></p>",
        ("Tujuh Taman Baru Akan Dibangun Sampai Akhir Tahun Ini",),
    ),
    "heading in title case": (
        "<h2>Tujuh Taman Baru Akan Dibangun Sampai Akhir Tahun Ini</h2>",
        ("Tujuh Taman Baru Akan Dibangun Sampai Akhir Tahun Ini",),
    ),
    "question as subhead": ("<p>Bagaimana taman itu dirawat?</p>", ("Bagaimana taman itu dirawat?",)),
    "numbered list": (
        "<ol><li>Satu taman di utara</li><li>Dua taman di selatan</li></ol>",
        ("1. Satu taman di utara", "2. Dua taman di selatan"),
    ),
    "list with paragraphs": (
        "<ul><li><p>Satu taman di utara</p></li><li><p>Dua taman di selatan</p></li></ul>",
        ("- Satu taman di utara", "- Dua taman di selatan"),
    ),
    "table": (
        "<table><tr><th>Taman</th><th>Luas</th></tr><tr><td>Utara</td><td>2 hektare</td></tr></table>",
        ("Taman | Luas", "Utara | 2 hektare"),
    ),
    "definitions": (
        "<dl><dt>Taman</dt><dd>tempat bertemu warga</dd><dt>Kali</dt><dd>sungai kecil di kota</dd></dl>",
        ("Taman", "tempat bertemu warga", "Kali", "sungai kecil di kota"),
    ),
    "lines": ("<p>Satu baris puisi tentang taman<br>dan satu baris lagi.</p>",
              ("Satu baris puisi tentang taman", "dan satu baris lagi.")),
    "text between two line breaks": (
        "<br><br>Taman itu dijaga siang dan malam oleh warga.<br><br>Malam hari lampunya menyala.<br>",
        ("Taman itu dijaga siang dan malam oleh warga.", "Malam hari lampunya menyala."),
    ),
    "nested quotes": (
        "<blockquote><p>Taman ini milik kita.</p><blockquote>Begitu kata nenek saya.</blockquote></blockquote>",
        ("Taman ini milik kita.", "Begitu kata nenek saya."),
    ),
    "quote that repeats nothing": (
        "<blockquote>“Kami menanam dua ratus pohon dalam satu hari saja bersama anak-anak sekolah.”</blockquote>",
        ("“Kami menanam dua ratus pohon dalam satu hari saja bersama anak-anak sekolah.”",),
    ),
    "text right in a div": ("<div>Taman itu dibuka pukul enam pagi.</div>", ("Taman itu dibuka pukul enam pagi.",)),
    "line with a colon": ("<p>Berikut ini jadwal taman:</p>", ("Berikut ini jadwal taman:",)),
    "question and answer": (
        "<p><b>Tanya:</b> Siapa merawat taman?</p><p><b>Jawab:</b> Warga.</p>",
        ("Tanya: Siapa merawat taman?", "Jawab: Warga."),
    ),
    "mark as subhead": (
        "<p>Komentar para warga tentang taman itu beragam.</p>",
        ("Komentar para warga tentang taman itu beragam.",),
    ),
    "office and name, linked": (
        "<p><a href='/berita/77/rapat-kerja'>Wakil Menteri Luar Negeri</a> Ratna Dewi membuka taman itu.</p>",
        ("Wakil Menteri Luar Negeri Ratna Dewi membuka taman itu.",),
    ),
    "competition on a network": (
        "<p>Ikuti lomba foto taman lewat Instagram sampai akhir bulan ini.</p>",
        ("Ikuti lomba foto taman lewat Instagram sampai akhir bulan ini.",),
    ),
    "app of the city": (
        "<p>Unduh aplikasi kota untuk mengadu tentang taman, kata wali kota kepada warga.</p>",
        ("Unduh aplikasi kota untuk mengadu tentang taman, kata wali kota kepada warga.",),
    ),
    "address printed in full": (
        "<p><a href='https://kota.example/daftar/kartu-taman-kota-2026'>https://kota.example/daftar/kartu-taman-kota-2026</a></p>",
        ("https://kota.example/daftar/kartu-taman-kota-2026",),
    ),
    "prose about robots": (
        "<p>Pemerintah melarang pengambilan data warga untuk melatih AI tanpa izin tertulis.</p>",
        ("Pemerintah melarang pengambilan data warga untuk melatih AI tanpa izin tertulis.",),
    ),
    "link in a Thai sentence": (
        "<p>นายกเทศมนตรีกล่าวใน<a href='{url}'>รายงานประจำปีของเมือง</a>ว่าสวนนี้เปิดให้ทุกคนเข้าชมได้ฟรี</p>",
        ("นายกเทศมนตรีกล่าวในรายงานประจำปีของเมืองว่าสวนนี้เปิดให้ทุกคนเข้าชมได้ฟรี",),
    ),
    "link at the start of a Chinese sentence": (
        "<p><a href='{url}'>市政府公布的年度报告</a>指出，这座公园每天有三千人前来参观。</p>",
        ("市政府公布的年度报告指出，这座公园每天有三千人前来参观。",),
    ),
    "quoted link sentence": (
        "<p>“<a href='{url}'>Pohon di tepi kali dirawat warga setiap pekan</a>,” tulis wali kota di akunnya.</p>",
        ("“Pohon di tepi kali dirawat warga setiap pekan,” tulis wali kota di akunnya.",),
    ),
}  # fmt: skip
