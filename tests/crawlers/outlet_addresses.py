"""One article's address of every bundled outlet, and addresses there that are no article. All made up."""

# name: addresses of articles as listings print them
ARTICLES: dict[str, tuple[str, ...]] = {
    "antara": (
        "https://www.antaranews.com/berita/5230417/ibu-kota-bahas-air-minum",
        "https://megapolitan.antaranews.com/berita/411402/taman-kota-dibuka",
        "https://otomotif.antaranews.com/news/1811204/bus-listrik-diuji",
        "https://m.antaranews.com/amp/berita/5230417/ibu-kota-bahas-air-minum",
    ),
    "antara_en": ("https://en.antaranews.com/news/402117/capitals-debate-drinking-water",),
    "antara_regional": (
        "https://jambi.antaranews.com/berita/519381/pasar-apung-dibuka",
        "https://makassar.antaranews.com/amp/berita/611402/tanggul-bakau-diuji",
        "https://papua.antaranews.com/berita/700123/sekolah-di-atas-perahu",
    ),
    "asean": ("https://asean.org/mayors-of-asean-capitals-meet-in-jakarta/",),
    "bandera": ("https://bandera.inquirer.net/444456/alkalde-naglakad-papunta-sa-pulong",),
    "bangkokpost": ("https://www.bangkokpost.com/thailand/general/3140411/mayors-ride-the-new-bus",),
    "bbc_burmese": (
        "https://www.bbc.com/burmese/burma-46100245",
        "https://www.bbc.com/burmese/articles/c4g2ejw1k0no?at_medium=RSS",
    ),
    "beritajakarta": ("https://m.beritajakarta.id/read/151204/tepi-kanal-timur-ditata",),
    "beritajakarta_en": ("https://m.beritajakarta.id/en/read/60218/walking-path-along-east-canal",),
    "bernama": (
        "https://www.bernama.com/en/general/news.php?id=2603342",
        "https://www.bernama.com/en/news.php?id=2603343",
    ),
    "bernama_ms": ("https://www.bernama.com/bm/am/news.php?id=2603350",),
    "borneobulletin": ("https://borneobulletin.com.bn/mayors-share-bus-shelter-drawings/",),
    "cna": ("https://www.channelnewsasia.com/asia/mayors-ride-bus-to-summit-4796761",),
    "cna_id": ("https://www.cna.id/indonesia/wali-kota-naik-bus-37051",),
    "detik": (
        "https://news.detik.com/berita/d-7710245/sebelas-ibu-kota-sepakati-daftar-kerja",
        "https://inet.detik.com/read/2015/11/04/101502/3061177/398/peta-banjir-masuk-telepon-warga",
    ),
    "gnlm": ("https://www.gnlm.com.mm/yangon-mayor-attends-asean-meeting/",),
    "inews": (
        "https://www.inews.id/news/megapolitan/wali-kota-naik-bus-ke-tempat-sidang",
        "https://karawang.inews.id/read/23/taman-kota-dibuka",
    ),
    "inquirer": ("https://newsinfo.inquirer.net/2149759/mayors-copy-a-cheap-bus-shelter",),
    "jakartaglobe": ("https://jakartaglobe.id/news/asean-mayors-open-transport-data",),
    "jakartapost": ("https://www.thejakartapost.com/indonesia/2026/11/19/asean-mayors-open-transport-data.html",),
    "khmertimes": ("https://www.khmertimeskh.com/501758512/phnom-penh-shares-flood-map/",),
    "kohsantepheap": ("https://kohsantepheapdaily.com.kh/article/2029399.html",),
    "kompas": (
        "https://megapolitan.kompas.com/read/2026/11/19/18302141/ibu-kota-buka-data-angkutan-umum",
        "https://regional.kompas.com/read/xml/2015/11/04/17021141/Lampu.Baru.di.Perlintasan",
    ),
    "kpl": ("https://kpl.gov.la/Detail.aspx?id=100102",),
    "kpl_en": ("https://kpl.gov.la/En/Detail.aspx?id=106044",),
    "laotiantimes": ("https://laotiantimes.com/2026/11/19/vientiane-joins-flood-map/",),
    "liputan6": ("https://news.liputan6.com/read/2435501/lima-wali-kota-olah-sampah-pasar",),
    "malaymail": ("https://www.malaymail.com/news/malaysia/2026/11/19/capitals-share-shelter-drawings/198213",),
    "manilabulletin": ("https://mb.com.ph/2026/11/9/mayors-copy-a-cheap-bus-shelter",),
    "mediaindonesia": ("https://mediaindonesia.com/nusantara/861245/sekolah-berjalan-kaki",),
    "mediapermata": ("https://mediapermata.com.bn/datuk-bandar-kongsi-peta-banjir/",),
    "nationthailand": ("https://www.nationthailand.com/news/policy/40070079",),
    "okezone": ("https://lifestyle.okezone.com/read/2015/11/05/406/1244111/botol-bekas-jadi-tiket-museum",),
    "phnompenhpost": ("https://phnompenhpost.com/national/capital-shares-flood-map-with-neighbours",),
    "pna": ("https://www.pna.gov.ph/articles/1236742",),
    "prachatai": ("https://prachatai.com/journal/2026/11/108960",),
    "redaksijakarta": ("https://redaksijakarta.com/panitia-buka-pendaftaran-relawan/",),
    "republika": (
        "https://nasional.republika.co.id/berita/nasional/daerah/16/02/15/o2m11x312-perpustakaan-keliling-singgah",
    ),
    "rri": ("https://rri.co.id/biak/hobi/1895298/lomba-perahu-hias",),
    "sabay": ("https://news.sabay.com.kh/article/1239620",),
    "sinchew": ("https://www.sinchew.com.my/news/20261119/nation/6061234",),
    "straitstimes": (
        "https://www.straitstimes.com/singapore/transport/mayors-ride-the-bus-to-work",
        "https://www.straitstimes.com/asia/asean-capitals-share-flood-maps",
    ),
    "tamilmurasu": ("https://www.tamilmurasu.com.sg/singapore/mayors-share-flood-maps",),
    "tatoli": ("https://tatoli.tl/2026/11/19/presidente-munisipiu-dili-partisipa-enkontru/",),
    "tatoli_en": ("https://en.tatoli.tl/2026/11/19/dili-joins-meeting-of-asean-capitals/",),
    "tatoli_pt": ("https://pt.tatoli.tl/2026/11/19/dili-participa-no-encontro-de-capitais/",),
    "tempo": (
        "https://metro.tempo.co/read/news/2015/11/05/060716110/jalan-untuk-anak-bersepeda",
        "https://www.tempo.co/politik/penerjemah-isyarat-di-sidang-2091145",
    ),
    "thestar": ("https://www.thestar.com.my/news/nation/2026/11/19/mayors-share-shelter-drawings",),
    "tribun": ("https://www.tribunnews.com/metropolitan/2026/11/19/sopir-ajari-wali-kota-menepi",),
    "vientianetimes": ("https://www.vientianetimes.org.la/freeContent/FreeConten_219_Capital_y26.php",),
    "vietnamplus": (
        "https://www.vietnamplus.vn/thu-do-asean-chia-se-ban-do-ngap-post1101437.vnp",
        "https://www.vietnamplus.vn/thu-do-asean-chia-se-ban-do-ngap-post1101437.amp",
    ),
    "vietnamplus_en": ("https://en.vietnamplus.vn/asean-capitals-share-flood-maps-post321437.vnp",),
    "viva": ("https://life.viva.co.id/showbiz/read/736512-musik-bambu-tampil-di-jamuan",),
    "vnexpress": ("https://vnexpress.net/thu-do-asean-chia-se-ban-do-ngap-nuoc-4990121.html",),
    "vnexpress_en": ("https://e.vnexpress.net/news/news/asean-capitals-share-flood-maps-4990130.html",),
    "zaobao": ("https://www.zaobao.com.sg/news/singapore/story20261119-9758185",),
}

# name: addresses of photos, videos, tags and searches, where they differ from `OTHERS`
OWN_OTHERS: dict[str, tuple[str, ...]] = {
    "antara": ("https://www.antaranews.com/foto/5230418/taman", "https://jambi.antaranews.com/berita/1/pasar-apung"),
    "antara_regional": ("https://jambi.antaranews.com/foto/519382/taman", "https://www.antaranews.com/berita/1/taman"),
    "bbc_burmese": (
        "https://www.bbc.com/burmese/topics/c404v08p1wxt",
        "https://www.bbc.com/news/articles/c4g2ejw1k0no",
    ),
    "detik": ("https://20.detik.com/detikupdate/d-7710246/rapat", "https://news.detik.com/foto-news/d-7710247/rapat"),
    "inews": ("https://www.inews.id/multimedia/video/rapat-wali-kota", "https://www.inews.id/tag/mgmac"),
    "kompas": ("https://foto.kompas.com/photo/read/2026/11/19/1/rapat", "https://video.kompas.com/watch/1/rapat"),
    "liputan6": ("https://photo.liputan6.com/read/2435777/taman-lumut", "https://video.liputan6.com/read/1/rapat"),
    "okezone": ("https://foto.okezone.com/view/2015/11/05/1/2/museum", "https://video.okezone.com/play/1/museum"),
    "prachatai": ("https://prachatai.com/english/node/11234", "https://prachatai.com/category/politics"),
    "republika": ("https://foto.republika.co.id/berita/foto/o2m11x312-taman", "https://republika.co.id/tag/taman"),
    "tempo": ("https://foto.tempo.co/read/12345/taman", "https://video.tempo.co/read/12345/taman"),
    "vientianetimes": (
        "https://www.vientianetimes.org.la/index.php",
        "https://www.vientianetimes.org.la/gallery/1.php",
    ),
    "viva": ("https://foto.viva.co.id/read/736512-taman", "https://video.viva.co.id/read/736512-taman"),
}
# for every outlet, on its chief host
OTHERS = (
    "/foto/2026/11/taman-kota-yang-baru-dibuka", "/photos/mayors-on-the-new-city-bus",
    "/video/mayors-ride-the-new-city-bus", "/tag/asean-mayors-forum-2026", "/search?q=mgmac", "/",
)  # fmt: skip
