"""Texts of our own and what an extract may take of them: one sentence a line.

The first character of a line says of its sentence: "+" must stand in the extract, "o" may, "-" must not. A sentence
that leans on the one before it may, where that one stands in the extract and nothing better is there.
"""

from __future__ import annotations

CASES: tuple[tuple[str, str], ...] = (
    (
        "Wali Kota Buka Pasar Baru",
        """
        +Wali Kota Bima Ardana membuka Pasar Teratai di Kota Melati pada Senin (3/2) pagi.
        oPasar itu menampung 320 pedagang yang sebelumnya berjualan di tepi jalan.
        -“Kami senang sekali akhirnya punya tempat yang layak untuk berjualan setiap hari.”
        -Ia juga meninjau tempat parkir di belakang pasar.
        """,
    ),
    (
        "Forum Kota Dibuka",
        """
        -Assalamualaikum warahmatullahi wabarakatuh, hadirin yang kami muliakan semua.
        +Forum kota pesisir dibuka Gubernur Sinta Maheswari di Balai Agung, Selasa (4/2).
        oSebanyak dua belas kota mengirim wakil untuk membahas tanggul dan pompa.
        -Baca juga: Kota tetangga menyiapkan pompa tambahan untuk musim hujan.
        """,
    ),
    (
        "Banjir Surut di Kampung Hilir",
        """
        +Banjir di Kampung Hilir surut pada Rabu (5/2) siang setelah tiga pompa dinyalakan.
        -Namun, sebagian warga masih bertahan di balai desa.
        oKepala Dinas Air Raka Pradana mengatakan pompa keempat dipasang pekan depan.
        -Berikut ini daftar kelurahan yang masih tergenang sampai sore hari:
        """,
    ),
    (
        "Bus Malam Mulai Beroperasi",
        """
        +Bus malam mulai melayani tiga rute di Kota Seruni sejak Kamis (6/2).
        oTarifnya Rp 3.500 dan dibayar dengan kartu yang sama seperti bus siang.
        -Benarkah bus malam itu selalu datang tepat waktu?
        -Hal itu disampaikannya seusai rapat.
        """,
    ),
    (
        "Taman Baru di Bantaran Kali",
        """
        oTaman sepanjang dua kilometer selesai dibangun di bantaran Kali Jernih.
        -"Warga boleh datang kapan saja, asal menjaga kebersihan taman ini bersama-sama," ujarnya sambil tersenyum.
        +Wali Kota Bima Ardana meresmikan taman di Kota Melati itu pada Jumat (7/2) sore.
        -Keputusan tersebut disambut tepuk tangan.
        """,
    ),
    (
        "Sekolah Rusak Diperbaiki",
        """
        +Tujuh sekolah dasar di Kabupaten Lembah Hijau diperbaiki mulai Maret 2031.
        oBupati Laras Wening mengatakan perbaikan itu menelan biaya Rp 4 miliar.
        -Foto: Ruang kelas yang atapnya sudah dibongkar pekerja.
        -Dia berharap semuanya selesai sebelum tahun ajaran baru.
        """,
    ),
    (
        "Delegasi Kota Tiba",
        """
        +Delegasi sepuluh kota tiba di Bandar Udara Seruni pada Sabtu (8/2) malam.
        -Selamat datang di kota kami, semoga betah dan sehat selalu selama berkunjung.
        oKetua panitia Damar Wicaksana menyebut rombongan terdiri atas 86 orang.
        -Mereka lalu diantar ke penginapan di pusat kota.
        """,
    ),
    (
        "Harga Cabai Naik",
        """
        +Harga cabai di Pasar Teratai naik menjadi Rp 60.000 per kilogram pada Minggu (9/2).
        oKepala pasar Yuni Astari mengatakan pasokan dari desa berkurang karena hujan.
        -Sementara itu, harga bawang tidak berubah.
        -Sumber: catatan harga dinas perdagangan kota.
        """,
    ),
    (
        "Kota Siapkan Aplikasi Aduan",
        """
        oWarga Kota Melati segera dapat mengadu lewat satu aplikasi.
        +Dinas Komunikasi Kota Melati memperkenalkan aplikasi aduan itu di Balai Kota, Senin (10/2).
        -Menurutnya, aduan dijawab paling lama tiga hari.
        -Simak video selengkapnya tentang cara memakai aplikasi di bawah.
        """,
    ),
    (
        "Panggung Seni di Alun-Alun",
        """
        +Sembilan sanggar tampil di alun-alun Kota Seruni pada Selasa (11/2) malam.
        -"Menari itu seperti bernapas bagi kami di sanggar kecil ini."
        oPenonton memenuhi jalan di sekeliling alun-alun sampai tengah malam.
        -Karena itu, acara akan diulang bulan depan.
        """,
    ),
    (
        "Mayor opens river path",
        """
        +Mayor Hilda Reyes opened a walking path along the Clear River in Port Amber on Monday.
        oThe path is four kilometres long and has lamps that run on sunlight.
        -She also thanked the engineers for their patience.
        -“It is the best thing that happened to this neighbourhood in many years.”
        """,
    ),
    (
        "Ten cities meet on heat",
        """
        -Good morning, ladies and gentlemen, and a warm welcome to our city.
        +Governors of ten cities met in Port Amber on Tuesday to compare plans against heat.
        oThe meeting ended with a list of forty streets that will be planted with trees.
        -However, no city promised money for it.
        """,
    ),
    (
        "Water back in the hills",
        """
        +Taps in the hill districts of Lantern City ran again on Wednesday after nine dry days.
        oDirector of the water works Samuel Ocampo said that two pumps had been replaced.
        -He added that a third pump was on its way.
        -Read also: why the old pumps failed one after another last summer.
        """,
    ),
    (
        "Buses get their own lane",
        """
        +A lane for buses opened on Harbour Road in Lantern City on Thursday morning.
        -This is good news for all who travel by bus every day.
        oThe city counted 12,000 passengers on the road before noon.
        -Photo: a bus on the new lane in the early morning light.
        """,
    ),
    (
        "Council votes on budget",
        """
        +The council of Port Amber passed a budget of 90 million on Friday after six hours of debate.
        oCouncillor Mira Tan said that a third of it will be spent on drains.
        -They will meet again in March.
        -But nobody spoke about the school roofs.
        """,
    ),
    (
        "Night market returns",
        """
        +The night market of Lantern City returned to Temple Street on Saturday with 140 stalls.
        -What will visitors find there this year and the next one?
        oGovernor Anna Delgado bought the first bowl of soup and paid for the next hundred.
        -It had been closed since the storm.
        """,
    ),
    (
        "Clinic boat sets out",
        """
        +A boat with two doctors set out from Port Amber on Sunday to visit eleven islands.
        -Its crew is young.
        oThe health office wants every island to be visited twice a month.
        -"We carry medicine, books and letters," he said.
        """,
    ),
    (
        "Datuk Bandar Buka Laluan Basikal",
        """
        +Datuk Bandar Roslina Idris membuka laluan basikal di Bandar Cempaka pada Isnin.
        oLaluan sepanjang lapan kilometer itu menghubungkan taman dengan stesen.
        -Beliau turut menunggang basikal bersama penduduk.
        -“Kami gembira kerana anak-anak boleh berbasikal dengan selamat sekarang.”
        """,
    ),
    (
        "Banjir Kilat di Bandar Cempaka",
        """
        -Selamat sejahtera kepada para hadirin yang dihormati sekalian.
        +Banjir kilat melanda tiga kawasan di Bandar Cempaka pada petang Selasa.
        oPengarah bomba Halim Razak berkata 40 keluarga dipindahkan ke dewan sekolah.
        -Bagaimanapun, tiada kemalangan jiwa dilaporkan.
        """,
    ),
    (
        "Bandar Kembar Bertukar Pengalaman",
        """
        +Wakil lima bandar bertemu di Kuala Cempaka pada Rabu untuk bertukar pengalaman.
        oMesyuarat itu membincangkan sisa pepejal, bas elektrik dan tanah lapang.
        -Katanya, mesyuarat seterusnya diadakan tahun hadapan.
        -Dia tidak mengulas lanjut perkara itu.
        """,
    ),
    (
        "Hospital Baharu Dibuka",
        """
        +Hospital dengan 120 katil dibuka di Bandar Cempaka pada Khamis.
        -Perkara itu dimaklumkan kepada pemberita.
        oMenteri Besar Zulkifli Osman berkata hospital itu melayani tiga daerah.
        -Sumber: jabatan kesihatan negeri dan majlis bandaraya.
        """,
    ),
    (
        "Hà Lam mở phố đi bộ",
        """
        +Thị trưởng Lê Minh Khuê khai trương phố đi bộ ở Hà Lam sáng thứ Hai.
        oPhố dài hai cây số và có sáu mươi quầy hàng của người dân địa phương.
        -Ông cũng cảm ơn các kỹ sư đã làm việc suốt mùa mưa.
        -Tuy nhiên, một số hộ vẫn chưa chuyển đi.
        """,
    ),
    (
        "Mười thành phố bàn về rác",
        """
        -Xin chào quý vị đại biểu và các vị khách quý có mặt hôm nay.
        +Đại diện mười thành phố họp tại Hà Lam ngày 12/3 để bàn về phân loại rác.
        oHội nghị kéo dài hai ngày và kết thúc bằng một bản cam kết chung.
        -Điều này khiến nhiều người bất ngờ.
        """,
    ),
    (
        "Xe buýt điện chạy thử",
        """
        +Ba tuyến xe buýt điện chạy thử ở Hà Lam từ thứ Tư với giá vé 7.000 đồng.
        oChủ tịch thành phố Trần Hữu Nam nói có thêm hai mươi xe trong tháng tới.
        -Họ sẽ phát phiếu hỏi ý kiến hành khách.
        -Ngoài ra, bến cũ được sửa lại.
        """,
    ),
    (
        "Trường học có mái mới",
        """
        +Mười hai trường tiểu học ở Hà Lam được lợp lại mái trước năm học 2031.
        -Đọc thêm: vì sao mái cũ hỏng nhanh như vậy trong mùa bão vừa rồi.
        oSở giáo dục cho biết công trình tốn mười tỉ đồng.
        -Bà nói thêm rằng học sinh rất vui.
        """,
    ),
    (
        "Alkalde, binuksan ang bagong palengke",
        """
        +Binuksan ni Alkalde Nena Salonga ang bagong palengke sa San Lirio noong Lunes.
        oMay tatlong daang puwesto ang palengke at bukas ito hanggang hatinggabi.
        -Dagdag pa niya, libre ang upa sa unang buwan.
        -Gayunman, may ilang tindera na hindi pa nakakalipat.
        """,
    ),
    (
        "Sampung lungsod, nagpulong",
        """
        -Magandang umaga po sa inyong lahat at maligayang pagdating sa ating lungsod.
        +Nagpulong ang mga kinatawan ng sampung lungsod sa San Lirio noong Martes.
        oTinalakay sa pulong ang basura, baha at murang pabahay.
        -Ito ang ikalawang pulong nila.
        """,
    ),
    (
        "Tubig, bumalik na",
        """
        +Bumalik ang tubig sa mga bahay sa Barangay Ilaya ng San Lirio noong Miyerkules.
        oSinabi ni Direktor Berto Magat na dalawang bomba ang pinalitan.
        -Siya rin ang nagbukas ng gripo sa plasa.
        -Bukod dito, may darating pang isang bomba.
        """,
    ),
    (
        "นายกเทศมนตรีเปิดสวน",
        """
        +นายกเทศมนตรีเมืองดอกบัวเปิดสวนสาธารณะริมแม่น้ำเมื่อวันจันทร์ที่ผ่านมา
        oสวนมีพื้นที่สามสิบไร่ เปิดให้ประชาชนเข้าใช้ทุกวันโดยไม่เสียค่าบริการ
        -อย่างไรก็ตาม ทางเดินบางส่วนยังสร้างไม่เสร็จและจะปิดไปก่อน
        """,
    ),
    (
        "สิบเมืองประชุม",
        """
        -สวัสดีท่านผู้มีเกียรติและแขกผู้เข้าร่วมประชุมทุกท่านในวันนี้
        +ผู้แทนสิบเมืองประชุมที่เมืองดอกบัวในวันอังคารเพื่อหารือเรื่องน้ำท่วม
        oเขาเดินทางกลับในคืนเดียวกันพร้อมคณะผู้ติดตามสิบคน
        """,
    ),
    (
        "អភិបាលបើកសួន",
        """
        +អភិបាលក្រុងផ្កាឈូកបានបើកសួនសាធារណៈនៅមាត់ទន្លេកាលពីថ្ងៃចន្ទ។
        oសួននេះមានទំហំប្រាំហិកតា និងបើកជារៀងរាល់ថ្ងៃ។
        -លើសពីនេះ ផ្លូវដើរថ្មីនឹងត្រូវសាងសង់នៅឆ្នាំក្រោយ។
        """,
    ),
    (
        "ទីក្រុងដប់ប្រជុំ",
        """
        +តំណាងទីក្រុងដប់បានប្រជុំនៅក្រុងផ្កាឈូកកាលពីថ្ងៃអង្គារអំពីទឹកជំនន់។
        oប៉ុន្តែ មិនទាន់មានការសម្រេចចិត្តណាមួយនៅឡើយទេសម្រាប់ឆ្នាំនេះ។
        """,
    ),
    (
        "မြို့တော်ဝန် ပန်းခြံဖွင့်",
        """
        +မြို့တော်ဝန်က ကြာပန်းမြို့တွင် မြစ်ကမ်းပန်းခြံကို တနင်္လာနေ့က ဖွင့်လှစ်ခဲ့သည်။
        oပန်းခြံသည် ဧကသုံးဆယ်ကျယ်ပြီး နေ့စဉ် အခမဲ့ ဖွင့်ထားမည်ဖြစ်သည်။
        -သို့သော် လမ်းအချို့ကို ပြင်ဆင်ဆဲဖြစ်၍ ယာယီပိတ်ထားသည်။
        """,
    ),
    (
        "ເຈົ້າຄອງເປີດສວນ",
        """
        +ເຈົ້າຄອງນະຄອນດອກບົວເປີດສວນສາທາລະນະແຄມແມ່ນ້ຳໃນວັນຈັນ
        oຢ່າງໃດກໍຕາມ ທາງຍ່າງບາງສ່ວນຍັງກໍ່ສ້າງບໍ່ທັນແລ້ວ
        """,
    ),
    (
        "市长开放河边公园",
        """
        +荷花市市长周一在荷花市开放了河边公园，公园面积二十公顷。
        o公园每天免费开放，附近有三条公交线路经过。
        -此外，明年还将修建新的步行道和自行车道。
        """,
    ),
    (
        "Angka yang Dipersoalkan",
        """
        +Pertemuan wali kota di Kota Melati berakhir pada Rabu (12/2) malam.
        oSebelas kota menandatangani kesepakatan tentang udara bersih.
        -Setelah itu para tamu berfoto bersama di tangga balai kota.
        """,
    ),
    (
        "Jalan Lingkar Ditutup",
        """
        +Jalan Lingkar Timur di Kota Seruni ditutup mulai Kamis (13/2) untuk perbaikan.
        -jalan itu dipakai lima ribu kendaraan setiap hari menurut catatan lama
        oPolisi mengalihkan kendaraan ke Jalan Kenanga selama dua pekan.
        -Adapun jembatan di ujungnya tetap dibuka.
        """,
    ),
    (
        "Perpustakaan Keliling",
        """
        +Tiga mobil perpustakaan mulai berkeliling di Kabupaten Lembah Hijau pada Jumat (14/2).
        -"Buku bergambar paling cepat habis dipinjam," kata dia.
        oBupati Laras Wening mengatakan setiap desa didatangi dua kali sebulan.
        -Salah satunya dipakai untuk anak-anak.
        """,
    ),
    (
        "Lampu Jalan Menyala Lagi",
        """
        +Sebanyak 900 lampu jalan di Kota Melati menyala lagi pada Sabtu (15/2) malam.
        -Editor: Sari Dewanti, untuk halaman kota edisi akhir pekan.
        oWakil Wali Kota Tirta Nugraha menyebut kabel lama diganti seluruhnya.
        -Mereka bekerja tiga malam berturut-turut.
        """,
    ),
    (
        "Ferry back after storm",
        """
        +Ferries between Port Amber and Lantern City sailed again on Monday after the storm.
        oHarbour chief Dina Flores counted 2,300 passengers by noon.
        -Earlier the pier had been under water.
        -and the last boat left at nine in the evening.
        """,
    ),
    (
        "Trees for the old quarter",
        """
        oThe old quarter of Lantern City will have shade at last.
        +Volunteers planted 600 trees in the old quarter of Lantern City on Sunday.
        -Such help is rare.
        -Their children watered the first twenty.
        """,
    ),
)
