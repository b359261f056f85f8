"""Sentences of our own, as outlets write them, and what each must match: {watch: edition}. `published` is a year."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    text: str
    expected: dict[str, int | None]
    headline: str | None = None
    published: int | None = None


POSITIVE = (
    # Indonesian
    Case("Jakarta menjadi tuan rumah MGMAC 2023 yang dihadiri sepuluh ibu kota.", {"mgmac": 2023}),
    Case("Pertemuan Gubernur dan Wali Kota ASEAN digelar di Jakarta, Rabu (2/8/2023).", {"mgmac": 2023}),
    Case("Pertemuan Gubernur dan Walikota ASEAN membahas transportasi.", {"mgmac": None}),
    Case("Pertemuan Gubernur dan Wali Kota Ibu Kota ASEAN 2017 berlangsung dua hari.", {"mgmac": 2017}),
    Case("Pertemuan Para Walikota dan Gubernur Ibukota ASEAN (MGMAC) 2022 ditutup.", {"mgmac": 2022}),
    Case("Delegasi Vientiane datang ke Pertemuan Gubernur dan Wali Kota se-ASEAN.", {"mgmac": 2015}, None, 2015),
    Case("Gubernur dan wali kota se-ASEAN berkumpul di Balai Kota.", {"asean-capitals": None}, None, 2023),
    Case("Forum Wali Kota ASEAN 2023 membicarakan sampah plastik.", {"amf": 2023}),
    Case("FORUM WALI KOTA ASEAN RESMI DIBUKA", {"amf": None}),
    Case("Forum Walikota se-ASEAN dihadiri 200 peserta.", {"amf": 2019}, None, 2019),
    Case("Para wali kota ASEAN hadir dalam AMF 2022 di ibu kota Kamboja.", {"amf": 2022}),
    Case("Rangkaian MGMAC-AMF 2023 ditutup dengan makan malam.", {"mgmac": 2023, "amf": 2023}),
    Case("Peserta MGMAC dan AMF 2023 meninjau stasiun MRT.", {"mgmac": 2023, "amf": 2023}),
    Case("Pemprov menyiapkan MGMAC/AMF 2023.", {"mgmac": 2023, "amf": 2023}),
    Case("Jaringan Kota Cerdas ASEAN menambah anggota baru.", {"ascn": 2024}, None, 2024),
    Case("Jaringan Kota Pintar ASEAN (ASCN) rapat pada 12 Juni 2019.", {"ascn": 2019}),
    Case("Makassar, Banyuwangi dan Jakarta menjadi kota ASCN dari Indonesia, anggota ASEAN.", {"ascn": None}),
    Case(
        "Jaringan Kota Pintar (Smart City) ASEAN-Jepang bersidang di Tokyo, Jumat (22/10/2021).",
        {"asean-japan-smart-cities": 2021},
    ),
    Case("Jaringan Smart City ASEAN-Jepang memilih proyek baru.", {"asean-japan-smart-cities": None}),
    Case("Program Smart JAMP membiayai studi di Semarang.", {"asean-japan-smart-cities": None}),
    Case(
        "Jepang melaporkan Smart JAMP kepada kota-kota ASCN di kawasan ASEAN pada Oktober 2021.",
        {"asean-japan-smart-cities": 2021, "ascn": 2021},
    ),
    Case("MGMAC, yang digelar di Jakarta pada tahun 2023, dihadiri wali kota Manila.", {"mgmac": 2023}),
    Case("MGMAC ke-10 tahun 2024 akan dibuka lusa.", {"mgmac": 2024}),
    Case("Sejak 2013 MGMAC digelar bergiliran.", {"mgmac": None}),
    Case("MGMAC dibentuk pada 5 September 2013.", {"mgmac": None}),
    Case("MGMAC dibentuk pada 5 September 2013.", {"mgmac": 2023}, "Gubernur Buka Pertemuan MGMAC 2023"),
    Case("Wali kota ASEAN tiba di lokasi.", {"amf": 2023}, "AMF 2023 Dimulai Besok"),
    # which edition: the one a text is about
    Case(
        "MGMAC 2022 di Phnom Penh memilih Jakarta sebagai tuan rumah MGMAC 2023.",
        {"mgmac": 2022},
        "Jakarta Jadi Tuan Rumah MGMAC 2023",
    ),
    Case(
        "MGMAC 2022 di Phnom Penh memilih Jakarta sebagai tuan rumah MGMAC 2023.", {"mgmac": 2023}, "MGMAC 2023", 2023
    ),
    Case(
        "Manila terpilih menjadi tuan rumah MGMAC dan AMF 2024 pada sidang MGMAC dan AMF 2023.",
        {"mgmac": 2023, "amf": 2023},
    ),
    Case("Manila was chosen to host MGMAC 2024 at the MGMAC 2023 session.", {"mgmac": 2023}, None, 2023),
    Case(
        "Manila siap menjadi tuan rumah MGMAC 2024. MGMAC 2023 digelar di Jakarta.",
        {"mgmac": 2024},
        "Manila Sambut MGMAC 2024",
    ),
    Case("MGMAC 2023 berakhir. Vientiane akan menjadi tuan rumah MGMAC 2024.", {"mgmac": 2023}),
    Case("AMF 2023 at Jakarta agreed that Vientiane will host AMF 2024 for ASEAN mayors.", {"amf": 2023}),
    Case("AMF 2018 di Singapura dan AMF 2021 menjadi rujukan wali kota ASEAN di AMF 2023.", {"amf": 2023}, "AMF 2023"),
    # English
    Case("The Meeting of Governors and Mayors of ASEAN Capitals opened on August 1, 2023.", {"mgmac": 2023}),
    Case("The Mayors and Governors Meeting of the ASEAN Capital 2023 (MGMAC) starts today.", {"mgmac": 2023}),
    Case("Jakarta hosts the ASEAN Mayors Forum.", {"amf": 2023}, None, 2023),
    Case("Jakarta hosts the ASEAN Mayors’ Forum.", {"amf": 2023}),
    Case("Delegates left the 2023 ASEAN Mayors Forum with a plan.", {"amf": 2023}),
    Case("The 7th ASEAN Mayors Forum, held in Phnom Penh in 2022, drew many.", {"amf": 2022}),
    Case("Mayors of ASEAN cities attended the AMF this week.", {"amf": 2023}, None, 2023),
    Case("Governors and mayors of ASEAN capitals gathered on Tuesday.", {"asean-capitals": None}),
    Case("Forum Wali Kota U20 digelar di Jakarta.", {"u20": 2022}),
    Case("The U20 Mayors Summit gathered forty mayors.", {"u20": None}),
    Case("The ASEAN Smart Cities Network (ASCN) met in Bangkok on 12 July 2019.", {"ascn": 2019}),
    Case("The ASEAN-Japan Smart Cities Network High Level Meeting opened.", {"asean-japan-smart-cities": None}),
    Case("Smart-JAMP supports twenty cities.", {"asean-japan-smart-cities": None}),
    Case("ASCN smart city officers compared notes.", {"ascn": None}),
    # Malay
    Case("Forum Datuk Bandar ASEAN berlangsung di Kuala Lumpur.", {"amf": 2015}, None, 2015),
    Case("Mesyuarat Gabenor dan Datuk Bandar Ibu Negara ASEAN 2023 dirasmikan.", {"mgmac": 2023}),
    Case("Rangkaian Bandar Pintar ASEAN mengalu-alukan Johor Bahru pada 3 Ogos 2019.", {"ascn": 2019}),
    Case("Datuk Bandar dari bandar ASEAN menyertai AMF 2023.", {"amf": 2023}),
    # Vietnamese, Thai, Khmer, Chinese, Tagalog
    Case("Diễn đàn Thị trưởng ASEAN khai mạc tháng 8 năm 2023.", {"amf": 2023}),
    Case("Dien dan Thi truong ASEAN khai mac.", {"amf": None}),
    Case("Mạng lưới thành phố thông minh ASEAN họp tại Hà Nội.", {"ascn": None}),
    Case("วันนี้กรุงเทพฯ ร่วมเครือข่ายเมืองอัจฉริยะอาเซียนอีกครั้ง", {"ascn": None}),
    Case("ที่ประชุมMGMACครั้งนี้", {"mgmac": None}),
    Case("ក្រុងភ្នំពេញ\u200bចូលរួម\u200bវេទិកា\u200bអភិបាលក្រុង\u200bអាស៊ាន\u200bឆ្នាំនេះ", {"amf": None}),
    Case("雅加达主办东盟市长论坛。", {"amf": None}),
    Case("Dumalo ang alkalde sa Forum ng mga Alkalde ng ASEAN.", {"amf": None}),
    # an edition that the text only looks back to
    Case("MGMAC digelar di Balai Kota pekan ini. Pada MGMAC 2022 sepuluh kota hadir.", {"mgmac": 2023}, None, 2023),
    Case("Tidak seperti MGMAC 2022, MGMAC kali ini membahas banjir rob.", {"mgmac": 2023}, None, 2023),
    Case(
        "Setelah MGMAC 2022, tahun ini Jakarta menjadi tuan rumah.",
        {"mgmac": 2023},
        "Jakarta siapkan MGMAC",
        2023,
    ),
    Case("Mayors met on Tuesday. Last year's MGMAC 2022 drew ten cities.", {"mgmac": 2023}, "MGMAC opens", 2023),
    Case("Following the ASEAN Mayors Forum 2021, this year's forum gathers sixty mayors.", {"amf": 2022}, None, 2022),
    Case("Sau Diễn đàn Thị trưởng ASEAN 2022, năm nay diễn đàn họp tại thủ đô khác.", {"amf": 2023}, None, 2023),
    Case("Hasil MGMAC 2022 ditagih para wali kota tahun ini.", {"mgmac": 2022}, "Hasil MGMAC 2022 ditagih", 2023),
    Case("Setelah MGMAC 2022 ditutup, sepuluh kota menandatangani piagam.", {"mgmac": 2022}, None, 2023),
    Case("After the MGMAC 2022 closed, cities signed a charter this week.", {"mgmac": 2022}, None, 2022),
)

NEGATIVE = (
    # AMF is something else
    "Dana Moneter Arab (AMF) dan negara ASEAN menandatangani nota; gubernur bank hadir di kota Abu Dhabi.",
    "The Arab Monetary Fund (AMF) met ASEAN governors in the city of Abu Dhabi.",
    "Usulan Asian Monetary Fund (AMF) dibahas menteri ASEAN dan wali kota.",
    "Mayor opens AMF Bowling centre in an ASEAN city.",
    "Arena boling AMF di kota itu kembali dibuka, kata duta ASEAN.",
    "Perusahaan serat optik AMF memasang kabel di kota-kota ASEAN.",
    "AMF, penyedia fiber optik, menang tender pemerintah kota.",
    "Autorité des marchés financiers (AMF) memperingatkan investor di kota-kota ASEAN.",
    "The French market regulator AMF fined a bank with offices in ASEAN cities.",
    "Forum Maritim ASEAN (AMF) dibuka oleh Gubernur Sulawesi Utara.",
    "The ASEAN Maritime Forum (AMF) met in the city of Manila; a governor spoke.",
    "AMF mengumumkan hasil lelang saham.",
    "Wali Kota Bogor membuka AMF di alun-alun.",
    "amf mayors of ASEAN cities",
    "Klub motocross AMF menggelar lomba di Kota Batu untuk pembalap ASEAN.",
    "Gubernur Bank Indonesia membahas AMF bersama bank sentral ASEAN di kota Bali.",
    # ASCN is something else
    "Penelitian terbit di jurnal ASCN tahun ini.",
    "American Society for Clinical Nutrition (ASCN) mengundang ahli dari ASEAN.",
    "Harga saham ASCN naik dua persen.",
    # near the forums, but not them
    "Menteri keuangan dan gubernur bank sentral ASEAN bertemu di Jakarta.",
    "Pertemuan Menteri Keuangan dan Gubernur Bank Sentral ASEAN dimulai.",
    "The ASEAN Finance Ministers and Central Bank Governors Meeting ended on Friday.",
    "Mesyuarat Gabenor Bank Pusat ASEAN ditangguhkan.",
    "Para wali kota se-Indonesia berkumpul dalam Rakernas APEKSI.",
    "Mayors Forum of the Mekong cities opened on Monday.",
    "Gubernur DKI menerima Sekretaris Jenderal ASEAN di Balai Kota.",
    "KTT ASEAN ke-43 digelar di Jakarta pada September 2023.",
    "Wali Kota Surabaya meraih penghargaan ASEAN untuk kota bersih.",
    "ASEAN mayors sent their condolences.",
    "Jakarta Smart City meluncurkan aplikasi baru.",
    "Pengembangan smart city di ASEAN tumbuh cepat.",
    "Kota pintar ASEAN butuh investasi besar.",
    "Jaringan kota cerdas Jawa Barat diresmikan gubernur.",
    "Kerja sama ASEAN-Jepang di bidang kota tangguh diteken.",
    "The ASEAN-Japan summit discussed smart cities.",
    "Japan's smart grid network reaches new cities.",
    "Smart jam pemantau detak jantung dijual di kota-kota ASEAN.",
    "Gubernur dan wali kota se-Jawa berkumpul membahas banjir.",
    "Delegasi ASEAN. Mayors Forum lain digelar di Eropa.",
    "Rapat dihadiri wakil ASEAN, Mayors Forum Eropa, dan UCLG.",
    "Kode barang MGMACX tidak terdaftar.",
    "Kelab bola sepak datuk bandar menang di Piala ASEAN.",
    "Thị trưởng các thành phố ASEAN gửi lời chúc mừng.",
    "อาเซียนประชุมเรื่องเมืองอัจฉริยะ",
    "东盟市长访问北京。",
    "",
)
