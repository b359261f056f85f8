"""Pairs of reports of our own writing: the same event told twice, and two events of one kind. One line a paragraph."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One report; `hours` after the morning that all cases begin with, a Tuesday, 4 August 2026."""

    headline: str
    text: str
    hours: float = 0
    language: str = "id"


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    one: Told
    other: Told


TWO_EVENTS = (
    Case(
        "workshop in Semarang and in Surabaya",
        Told(
            "Lokakarya wali kota bahas banjir rob di Semarang",
            "Lokakarya wali kota pesisir digelar di Hotel Candi, Semarang, Selasa (4/8), diikuti 24 peserta.\n"
            "Peserta menyusun peta genangan rob dan menghitung biaya tanggul bersama para ahli dari kampus.\n"
            "Wali kota Semarang meminta tiap kota menyiapkan satu proyek percontohan sebelum akhir tahun.",
        ),
        Told(
            "Lokakarya wali kota bahas sampah pasar di Surabaya",
            "Lokakarya wali kota pesisir digelar di Gedung Siola, Surabaya, Selasa (4/8), diikuti 31 peserta.\n"
            "Peserta menyusun peta sampah pasar dan menghitung biaya kompos bersama para ahli dari kampus.\n"
            "Wali kota Surabaya meminta tiap kota menyiapkan satu pasar percontohan sebelum akhir tahun.",
            hours=3,
        ),
    ),
    Case(
        "flood in Jakarta and in Bandung",
        Told(
            "Banjir rendam 300 rumah di Jakarta Timur",
            "Banjir setinggi 80 sentimeter merendam 300 rumah di Jakarta Timur, Senin malam, setelah Ciliwung meluap.\n"
            "Sebanyak 412 warga Kampung Melayu mengungsi ke masjid dan sekolah, kata Camat Rusdi Hamzah.\n"
            "Petugas mengerahkan 9 pompa dan 4 perahu karet untuk menjemput warga.",
        ),
        Told(
            "Banjir rendam 120 rumah di Bandung",
            "Banjir setinggi 60 sentimeter merendam 120 rumah di Kabupaten Bandung, Senin malam, saat Citarum meluap.\n"
            "Sebanyak 95 warga Dayeuhkolot mengungsi ke masjid dan balai desa, kata Camat Neneng Sutarsih.\n"
            "Petugas mengerahkan 2 pompa dan 3 perahu karet untuk menjemput warga.",
            hours=2,
        ),
    ),
    Case(
        "earthquakes in two provinces",
        Told(
            "Gempa magnitudo 5,6 guncang Aceh",
            "Gempa bermagnitudo 5,6 mengguncang Aceh pada Senin pukul 21.14 WIB, kata BMKG.\n"
            "Pusat gempa berada 42 kilometer barat daya Meulaboh pada kedalaman 10 kilometer.\n"
            "Gempa tidak berpotensi tsunami. Warga Meulaboh sempat berlarian keluar rumah.",
        ),
        Told(
            "Gempa magnitudo 4,8 guncang Maluku",
            "Gempa bermagnitudo 4,8 mengguncang Maluku pada Selasa pukul 03.40 WIT, kata BMKG.\n"
            "Pusat gempa berada 71 kilometer timur laut Ambon pada kedalaman 24 kilometer.\n"
            "Gempa tidak berpotensi tsunami. Warga Ambon tidak merasakan getaran yang kuat.",
            hours=3,
        ),
    ),
    Case(
        "smart cities meetings in Kuching and Da Nang",
        Told(
            "Smart cities network meets in Kuching",
            "Officials of 26 pilot cities met in Kuching on Tuesday for the meeting of the smart cities network.\n"
            "Sarawak offered its flood sensors along the river to any member that pays for the posts.\n"
            "The chair, Dayang Norhayati, said data would be shared within a year.",
            language="en",
        ),
        Told(
            "Smart cities workshop opens in Da Nang",
            "Officials of 14 pilot cities met in Da Nang on Tuesday for a workshop of the smart cities network.\n"
            "Vietnam showed its beach cameras along the bay, which count swimmers and warn the guards.\n"
            "The host, Tran Quoc Bao, said a manual would be printed within a month.",
            hours=5,
            language="en",
        ),
    ),
    Case(
        "the prices of two days",
        Told(
            "Harga cabai hari ini 4 Agustus 2026 di Pasar Induk",
            "Harga cabai rawit merah di Pasar Induk hari ini Rp62.000 per kilogram, turun Rp3.000.\n"
            "Harga bawang merah Rp38.000 dan telur ayam Rp29.500 per kilogram, kata pengelola pasar.\n"
            "Pasokan datang dari Kediri dan Garut sejak dini hari.",
        ),
        Told(
            "Harga cabai hari ini 5 Agustus 2026 di Pasar Induk",
            "Harga cabai rawit merah di Pasar Induk hari ini Rp58.000 per kilogram, turun Rp4.000.\n"
            "Harga bawang merah Rp37.000 dan telur ayam Rp29.000 per kilogram, kata pengelola pasar.\n"
            "Pasokan datang dari Kediri dan Magelang sejak dini hari.",
            hours=24,
        ),
    ),
    Case(
        "the fifth and the sixth forum",
        Told(
            "Forum sungai ke-5 tutup dengan piagam air bersih",
            "Forum Sungai Nusantara ke-5 berakhir dengan piagam air bersih yang diteken 18 kepala daerah.\n"
            "Piagam itu mewajibkan tiap daerah menguji air sungai empat kali setahun, kata ketua forum Wening Astuti.",
        ),
        Told(
            "Forum sungai ke-6 tutup dengan piagam hutan hulu",
            "Forum Sungai Nusantara ke-6 berakhir dengan piagam hutan hulu yang diteken 22 kepala daerah.\n"
            "Piagam itu mewajibkan tiap daerah menanam sejuta pohon dalam setahun, kata ketua forum Wening Astuti.",
            hours=26,
        ),
    ),
    Case(
        "a forum opens, and closes two days later",
        Told(
            "Datuk bandar pesisir buka mesyuarat di Melaka",
            "Mesyuarat Datuk Bandar Pesisir dibuka di Melaka pada Selasa oleh Datuk Bandar Rosli Mahmud.\n"
            "Seramai 60 wakil mendengar taklimat tentang hakisan pantai dan bot nelayan kecil.",
            language="ms",
        ),
        Told(
            "Mesyuarat datuk bandar pesisir ditutup dengan resolusi bakau",
            "Mesyuarat Datuk Bandar Pesisir ditutup pada Khamis dengan resolusi menanam 40,000 anak bakau.\n"
            "Rosli Mahmud berkata setiap bandar akan melaporkan kemajuan tiga bulan sekali.",
            hours=52,
            language="ms",
        ),
    ),
    Case(
        "announced, and held three days later",
        Told(
            "Hà Nội sắp tổ chức diễn đàn thị trưởng sông Hồng",
            "Hà Nội sẽ tổ chức diễn đàn thị trưởng các thành phố sông Hồng vào ngày 7 tháng 8, với 20 đoàn khách.\n"
            "Phó chủ tịch Lê Thu Hà cho biết thành phố chuẩn bị ba con thuyền để các đoàn đi xem bờ sông.",
            language="vi",
        ),
        Told(
            "Diễn đàn thị trưởng sông Hồng khai mạc với lời hứa trồng tre",
            "Diễn đàn thị trưởng các thành phố sông Hồng khai mạc tại Hà Nội hôm 7 tháng 8, có 19 đoàn dự.\n"
            "Các thị trưởng hứa trồng tre dọc 50 km bờ sông. Lê Thu Hà nói thuyền của thành phố chạy chậm vì nước cạn.",
            hours=76,
            language="vi",
        ),
    ),
    Case(
        "a round-up and one of its events",
        Told(
            "Kebakaran pasar ikan Muara Jati hanguskan 45 kios",
            "Pasar ikan Muara Jati terbakar pada Selasa dini hari dan 45 kios habis dalam dua jam.\n"
            "Kepala pemadam Rusli Tamrin mengerahkan 12 mobil; api diduga dari arus pendek.",
        ),
        Told(
            "Lima berita pilihan: pasar terbakar, ikan mahal, hujan datang",
            "Pasar ikan Muara Jati terbakar pada Selasa dini hari dan 45 kios habis, kata Rusli Tamrin.\n"
            "Harga ikan tongkol naik dua kali lipat di tiga pasar lain.\n"
            "Hujan pertama setelah 80 hari turun di lereng utara.",
            hours=6,
        ),
    ),
)

ONE_EVENT = (
    Case(
        "the dateline is where the reporter sits",
        Told(
            "Banjir bandang di Agam putus dua jembatan",
            "Banjir bandang memutus dua jembatan di Kabupaten Agam, Senin malam, dan menghanyutkan 17 rumah.\n"
            "Bupati Yusran Datuk Marajo mengatakan 230 warga Nagari Batu Tabu mengungsi ke masjid raya.\n"
            "Alat berat tiba Selasa pagi untuk membuka jalan ke Batu Tabu.",
        ),
        Told(
            "Dua jembatan di Agam putus, 230 orang mengungsi",
            "Jakarta - Badan bencana menyebut 17 rumah hanyut dan dua jembatan putus oleh banjir bandang "
            "di Agam, Senin malam.\n"
            "Sebanyak 230 warga Nagari Batu Tabu bermalam di masjid raya, kata Bupati Yusran Datuk Marajo.",
            hours=4,
        ),
    ),
    Case(
        "one names the province, the other the city",
        Told(
            "Gubernur buka pasar apung di Jawa Tengah",
            "Pasar apung pertama dibuka di Jawa Tengah, Selasa, dengan 40 perahu pedagang di Rawa Pening.\n"
            "Gubernur Sri Lestari membeli enceng gondok dan ikan wader dari pedagang Mbah Karsinah.",
        ),
        Told(
            "Rawa Pening punya pasar apung dengan 40 perahu",
            "Sebanyak 40 perahu pedagang membuka pasar apung di Semarang, Selasa, tepatnya di Rawa Pening.\n"
            "Gubernur Sri Lestari menjadi pembeli pertama ikan wader milik Mbah Karsinah.",
            hours=2,
        ),
    ),
    Case(
        "the toll rises",
        Told(
            "Ferry sinks off Masbate, 3 dead",
            "Three people died when the ferry Santa Clarita sank off Masbate late Monday with 88 people on board.\n"
            "The coast guard under Captain Jun Palma pulled 61 people from the water near Ticao Island.",
            language="en",
        ),
        Told(
            "Death toll in Masbate ferry sinking rises to 9",
            "Nine people are now known to have died when the ferry Santa Clarita sank off Masbate late Monday.\n"
            "The coast guard under Captain Jun Palma rescued 70 of the 88 people on board near Ticao Island.",
            hours=9,
            language="en",
        ),
    ),
    Case(
        "told in the evening and the next morning, by the weekday",
        Told(
            "Alkalde ng Iloilo nagbukas ng aklatan sa lumang bilangguan",
            "Binuksan ni Mayor Corazon Treñas noong Martes ang aklatan sa dating bilangguan ng Iloilo, 30,000 aklat.\n"
            "Ayon kay Treñas, ang mga selda ay naging silid-basahan ng mga bata mula sa 14 na paaralan.",
            language="fil",
        ),
        Told(
            "Lumang bilangguan sa Iloilo, aklatan na ngayon",
            "Ang lumang bilangguan ng Iloilo na binuksan noong Martes bilang aklatan ay may 30,000 aklat.\n"
            "Sabi ni Mayor Corazon Treñas, 14 na paaralan ang gagamit ng mga selda bilang silid-basahan.",
            hours=20,
            language="fil",
        ),
    ),
    Case(
        "one headline, another body: an update",
        Told(
            "Kapal wisata kandas di Teluk Jailolo",
            "Kapal wisata Cahaya Moti kandas di Teluk Jailolo, Selasa pagi, dengan 52 penumpang.\n"
            "Nakhoda Harun Sangaji menunggu air pasang untuk menarik kapal dari karang.",
        ),
        Told(
            "Kapal wisata kandas di Teluk Jailolo",
            "Semua 52 penumpang kapal wisata Cahaya Moti selamat, dijemput nelayan di Teluk Jailolo, Selasa siang.\n"
            "Kapal itu kandas di karang sejak pagi. Nakhoda Harun Sangaji tetap di kapal sampai air pasang.",
            hours=4,
        ),
    ),
)

# What else the papers print that day: without it a window of two knows nothing of which words are common.
REST = (
    Told(
        "Perpustakaan keliling tambah tiga bus",
        "Perpustakaan keliling kota menambah tiga bus listrik, Selasa, kata kepala dinas arsip.",
    ),
    Told(
        "Petani garam panen lebih awal",
        "Petani garam di pesisir utara panen dua pekan lebih awal karena kemarau, kata ketua koperasi, Selasa.",
    ),
    Told(
        "School gardens feed 4,000 pupils",
        "School gardens now feed 4,000 pupils a day, the education office said on Tuesday.",
        language="en",
    ),
    Told(
        "Tram line reopens after repairs",
        "The tram line along the harbour reopened on Monday after repairs that took eleven weeks.",
        language="en",
    ),
    Told(
        "Pasar malam pindah ke tapak baharu",
        "Pasar malam dipindahkan ke tapak baharu mulai Selasa, kata majlis bandar raya.",
        language="ms",
    ),
)
