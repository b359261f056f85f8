"""Texts of our own and what they are about: headline, body, language, topics that must stand and no other."""

from __future__ import annotations

Case = tuple[str, tuple[str, ...], str, set[str]]

INDONESIAN: tuple[Case, ...] = (
    (
        "Transjakarta Tambah Bus Listrik",
        ("Transjakarta menambah 40 bus listrik. Kemacetan di Sudirman turun.",),
        "id",
        {"transport"},
    ),
    (
        "Warga Tambora Pindah ke Rusunawa",
        ("Rusunawa itu punya 200 unit. Rumah susun lain menyusul.",),
        "id",
        {"housing"},
    ),
    (
        "Bank Sampah Baru di Cilincing",
        ("Pengelolaan sampah dimulai dari rumah. Daur ulang plastik juga diajarkan.",),
        "id",
        {"waste"},
    ),
    ("Pasar Rakyat Dibuka", ("UMKM dari lima kecamatan hadir. Pelaku UMKM menjual produk lokal.",), "id", {"msmes"}),
    (
        "Aplikasi JAKI Diperbarui",
        ("Kota cerdas butuh layanan digital. Smart city bukan slogan.",),
        "id",
        {"digital-city"},
    ),
    ("Target Net Zero 2050", ("Perubahan iklim mengancam pesisir. Emisi karbon harus turun.",), "id", {"climate"}),
    ("Kunjungan Turis Naik", ("Wisatawan mancanegara datang lagi. Pariwisata pulih.",), "id", {"tourism"}),
    ("Vaksinasi di Puskesmas", ("Dinas Kesehatan membuka layanan kesehatan gratis.",), "id", {"health"}),
    ("Mal Pelayanan Publik Diresmikan", ("Pelayanan publik kini satu pintu.",), "id", {"public-services"}),
    ("Realisasi Investasi Naik", ("Penanaman modal asing tumbuh. Investor datang.",), "id", {"investment"}),
    ("Sungai Meluap", ("Banjir merendam tiga kelurahan. Penanggulangan banjir dipercepat.",), "id", {"flood"}),
    ("Kualitas Udaranya Memburuk", ("Polusi udara di ibu kota naik lagi, kata pengamat.",), "id", {"air-quality"}),
    ("Keran Kering Sepekan", ("Krisis air bersih melanda. PDAM mengirim tangki air.",), "id", {"water"}),
    ("PLTS Atap untuk Puluhan Gedung", ("Energi terbarukan dipasang di balai kota.",), "id", {"energy"}),
    ("Begal Ditangkap di Bekasi", ("Dua pelaku pencurian dibekuk. Pencurian serupa dicatat.",), "id", {"safety"}),
    ("Harga Beras Turun", ("Ketahanan pangan terjaga, dan stok beras aman.",), "id", {"food"}),
    ("Ribuan Lowongan di Bursa Kerja", ("Pencari kerja antre sejak pagi.",), "id", {"employment"}),
    (
        "Trotoar Baru untuk Kursi Roda",
        ("Penyandang disabilitas kini bisa lewat sendiri.",),
        "id",
        {"transport", "inclusion"},
    ),
    ("Persija Menang Telak", ("Pertandingan itu ditonton ribuan suporter. Gol pertama dini.",), "id", {"sport"}),
    ("DPRD Bahas RAPBD", ("Rapat paripurna membahas anggaran tahun depan.",), "id", {"governance"}),
    ("Rencana Tata Ruang Disusun Ulang", ("Ruang terbuka hijau akan ditambah.",), "id", {"urban-development"}),
    ("Pentas Seni di Kota Tua", ("Seniman dan penari tampil bergantian.",), "id", {"culture"}),
    ("Penerimaan Siswa Baru Dibuka", ("Sekolah dasar negeri menyiapkan kurikulum baru.",), "id", {"education"}),
)
ENGLISH: tuple[Case, ...] = (
    ("City Opens New Bus Lanes", ("Public transport gets priority over cars, the mayor said.",), "en", {"transport"}),
    ("Mayors Sign Sister City Pact", ("The memorandum of understanding was signed.",), "en", {"cooperation"}),
    ("Landfill to Close", ("Household waste will go to a recycling plant.",), "en", {"waste"}),
    ("Robberies Fall by a Third", ("Crime is down; street crime fell most.",), "en", {"safety"}),
    ("Food Prices Climb", ("Rice prices rose and food security is at risk.",), "en", {"food"}),
    ("Job Fair Draws Thousands", ("Unemployment is still high.",), "en", {"employment"}),
    ("Council Passes City Budget", ("City councillors voted twelve to three.",), "en", {"governance"}),
    ("Taps Dry Again", ("The water supply failed; water rationing starts.",), "en", {"water"}),
    ("Ramps for Wheelchairs", ("People with disabilities asked for them.",), "en", {"inclusion"}),
)
MALAY: tuple[Case, ...] = (
    ("Bas Elektrik Mula Beroperasi", ("Pengangkutan awam akan bertambah baik.",), "ms", {"transport"}),
    ("Denggi: Klinik Kesihatan Dibuka", ("Kementerian Kesihatan menghantar pasukan.",), "ms", {"health"}),
    ("Jerebu Kembali", ("Kualiti udara merosot di tiga negeri.",), "ms", {"air-quality"}),
    ("Kutipan Sampah Ditambah", ("Sisa pepejal menimbun di tepi jalan.",), "ms", {"waste"}),
    ("Rumah Mampu Milik Siap", ("Projek perumahan itu menempatkan 300 keluarga.",), "ms", {"housing"}),
    ("Ketibaan Pelancong Naik", ("Sektor pelancongan pulih.",), "ms", {"tourism"}),
    ("Bekalan Air Terputus", ("Paip pecah menyebabkan gangguan bekalan air.",), "ms", {"water"}),
    ("Belanjawan Dibentang", ("Cukai taksiran tidak naik, kata ahli majlis.",), "ms", {"governance"}),
)
OTHERS: tuple[Case, ...] = (
    ("Hà Nội tăng cường phân loại rác", ("Rác thải sinh hoạt được thu gom mỗi tối.",), "vi", {"waste"}),
    ("TP.HCM ngập nặng", ("Triều cường gây ngập lụt nhiều tuyến đường.",), "vi", {"flood"}),
    ("Xe buýt điện chạy thử", ("Giao thông công cộng của thành phố được mở rộng.",), "vi", {"transport"}),
    ("Đà Nẵng đón du khách", ("Ngành du lịch phục hồi.",), "vi", {"tourism"}),
    ("Basurang plastik, bawal na", ("Ang paghahakot ng basura ay gagawin gabi-gabi.",), "tl", {"waste"}),
    ("Binaha ang Marikina", ("Umapaw ang ilog at lumikas ang mga residente.",), "tl", {"flood"}),
    ("Pabahay para sa mahihirap", ("Murang pabahay ang itatayo.",), "tl", {"housing", "inclusion"}),
    ("กรุงเทพฯ แก้ปัญหาน้ำท่วม", ("น้ำท่วมในเขตเมืองลดลง",), "th", {"flood"}),
    ("ភ្នំពេញមានរថយន្តក្រុងថ្មី", ("ចរាចរណ៍នៅទីក្រុងនឹងប្រសើរឡើង",), "km", {"transport"}),
    ("ນະຄອນຫຼວງຈັດການຂີ້ເຫຍື້ອ", ("ຂີ້ເຫຍື້ອຈະຖືກເກັບທຸກມື້",), "lo", {"waste"}),
    ("ရန်ကုန်တွင် ရေကြီး", ("ရေဘေးကြောင့် ကျောင်းများ ပိတ်ထားသည်",), "my", {"flood"}),
    ("雅加达扩建地铁", ("公共交通将更便捷。",), "zh", {"transport"}),
    ("சென்னையில் வெள்ளம்", ("வெள்ளம் வடிய நாட்கள் ஆகும்",), "ta", {"flood"}),
)
NEAR: tuple[Case, ...] = (
    ("Acara Dibuka Malam Ini", ("Orang datang naik motor.",), "id", set()),
    ("Wali Kota Menikah", ("Resepsi digelar meriah. Tamu menikmati hidangan.",), "id", set()),
    ("Harga Emas Turun", ("Emas dilepas. Pembeli menunggu.",), "id", set()),
    ("Penyanyi Itu Banjir Pujian", ("Lagunya banjir komentar sejak kemarin.",), "id", set()),
    ("Toko Daring Banjir Diskon", ("Pembeli kebanjiran pesanan gratis ongkir.",), "id", set()),
    ("Bank Menjaga Kesehatan Keuangan", ("Kesehatan perbankan tetap baik, kata analis.",), "id", set()),
    ("Iklim Politik Memanas", ("Iklim demokrasi diuji lagi.",), "id", set()),
    ("Website Traffic Doubles", ("Web traffic rose after the redesign.",), "en", set()),
    ("Party Wins by a Landslide", ("It was a landslide victory, and a flood of comments followed.",), "en", set()),
    ("Menteri Perhubungan Hadiri Resepsi", ("Pejabat Kementerian Perhubungan itu datang pagi.",), "id", set()),
    ("Warga Pemkot Metro Bersuka", ("Warga Kota Metro merayakan ulang tahun.",), "id", set()),
    ("Ai là người thắng?", ("Bao giờ mới rõ, không ai biết.",), "vi", set()),  # neither AI nor a storm ("bão")
    ("Air Force One Lands", ("The crew was on air the whole night.",), "en", set()),
    ("Rapat Paripurna Keluarga", ("Anggota keluarga membahas jadwal.",), "id", {"governance"}),
    ("", (), "id", set()),
)
