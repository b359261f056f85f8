"""Tables of what stands between the paragraphs of an article and must go.

All text is our own. In the markup `{url}` is the address of another article, `{headline}` its headline.
"""

from __future__ import annotations

URL = "/berita/901/pohon-di-tepi-kali-dirawat-warga"

# Language -> the line's opening words as newsrooms print them, a headline, a sentence before and a sentence after.
LANGUAGES: dict[str, tuple[tuple[str, ...], str, str, str]] = {
    "id": (
        ("Baca juga", "BACA JUGA", "Baca Juga", "Lihat juga", "Simak juga", "Baca pula", "Baca", "Tonton juga",
         "Artikel terkait", "Berita terkait", "Baca selengkapnya", "Simak pula", "Simak Video", "Pilihan Editor"),
        "Pohon di Tepi Kali Dirawat Warga Setiap Pekan",
        "Taman itu dirancang bersama warga dan dibangun dalam enam bulan oleh pemerintah kota.",
        "Pemerintah kota berharap taman itu menjadi tempat bertemu warga dari segala umur.",
    ),
    "ms": (
        ("Baca juga", "BACA LAGI", "Artikel berkaitan", "Berita berkaitan", "Baca lanjut", "Lihat juga"),
        "Pokok di Tebing Sungai Dijaga Penduduk Setiap Minggu",
        "Taman itu direka bersama penduduk dan dibina dalam tempoh enam bulan oleh dewan bandar raya.",
        "Dewan bandar raya berharap taman itu menjadi tempat pertemuan penduduk semua peringkat umur.",
    ),
    "en": (
        ("Read also", "Also read", "READ MORE", "Read more", "See also", "Related", "Related story", "Related news",
         "READ", "More on this", "Read next", "Watch", "You may also like", "Recommended", "ALSO READ"),
        "Residents Care for the Trees Along the River Every Week",
        "The park was designed together with residents and built within six months by the city government.",
        "The city government hopes that the park will become a meeting place for people of all ages.",
    ),
    "tl": (
        ("Basahin din", "BASAHIN", "Kaugnay na balita", "Basahin"),
        "Mga Puno sa Tabing Ilog Inaalagaan ng mga Residente Linggo-linggo",
        "Ang parke ay idinisenyo kasama ng mga residente at itinayo sa loob ng anim na buwan ng lungsod.",
        "Umaasa ang pamahalaang lungsod na ang parke ay magiging tagpuan ng mga tao sa lahat ng edad.",
    ),
    "vi": (
        ("Xem thêm", "XEM THÊM", "Đọc thêm", "Tin liên quan", "Bài liên quan", "Mời bạn đọc thêm", "Xem thêm tại đây"),
        "Người dân chăm sóc cây ven sông mỗi tuần một lần",
        "Công viên được thiết kế cùng người dân và được chính quyền thành phố xây dựng trong sáu tháng.",
        "Chính quyền thành phố hy vọng công viên sẽ trở thành nơi gặp gỡ của người dân mọi lứa tuổi.",
    ),
    "th": (
        ("อ่านเพิ่มเติม", "อ่านข่าวเพิ่มเติม", "ข่าวที่เกี่ยวข้อง", "อ่านต่อ", "อ่านข่าว", "อ่านประกอบ", "อ่านด้วย"),
        "ชาวบ้านช่วยกันดูแลต้นไม้ริมแม่น้ำ ทุกสัปดาห์ ตลอดทั้งปี",
        "สวนสาธารณะแห่งนี้ออกแบบร่วมกับชาวบ้านและก่อสร้างโดยเทศบาลนครภายในเวลาหกเดือนที่ผ่านมา",
        "เทศบาลนครหวังว่าสวนสาธารณะแห่งนี้จะเป็นสถานที่พบปะของผู้คนทุกเพศทุกวัยในเมืองต่อไป",
    ),
    "km": (
        ("អានបន្ត", "អត្ថបទទាក់ទង", "ព័ត៌មានទាក់ទង", "សូមអានផងដែរ"),
        "អ្នកភូមិ ថែទាំដើមឈើ តាមមាត់ទន្លេ ជារៀងរាល់សប្តាហ៍",
        "សួនច្បារនេះត្រូវបានរចនាឡើងរួមគ្នាជាមួយអ្នកភូមិ និងសាងសង់ក្នុងរយៈពេលប្រាំមួយខែដោយសាលាក្រុង។",
        "សាលាក្រុងសង្ឃឹមថាសួនច្បារនេះនឹងក្លាយជាកន្លែងជួបជុំរបស់មនុស្សគ្រប់វ័យនៅក្នុងទីក្រុង។",
    ),
    "lo": (
        ("ອ່ານຕໍ່", "ອ່ານເພີ່ມເຕີມ", "ຂ່າວທີ່ກ່ຽວຂ້ອງ"),
        "ຊາວບ້ານ ຊ່ວຍກັນ ດູແລຕົ້ນໄມ້ ແຄມແມ່ນ້ຳ ທຸກອາທິດ",
        "ສວນສາທາລະນະແຫ່ງນີ້ຖືກອອກແບບຮ່ວມກັບຊາວບ້ານ ແລະ ກໍ່ສ້າງພາຍໃນຫົກເດືອນໂດຍອົງການປົກຄອງນະຄອນ",
        "ອົງການປົກຄອງນະຄອນຫວັງວ່າສວນແຫ່ງນີ້ຈະກາຍເປັນສະຖານທີ່ພົບປະຂອງຄົນທຸກໄວໃນເມືອງແຫ່ງນີ້",
    ),
    "my": (
        ("ဆက်လက်ဖတ်ရှုရန်", "ဆက်စပ်သတင်းများ", "ဖတ်ရှုရန်"),
        "မြစ်ကမ်းဘေးက သစ်ပင်တွေကို ရပ်ကွက်သားများ အပတ်စဉ် ပြုစုစောင့်ရှောက်",
        "ဒီပန်းခြံကို ရပ်ကွက်သားများနဲ့အတူ ဒီဇိုင်းဆွဲပြီး မြို့တော်အစိုးရက ခြောက်လအတွင်း တည်ဆောက်ခဲ့ပါတယ်။",
        "ဒီပန်းခြံဟာ အသက်အရွယ်မရွေး ပြည်သူများရဲ့ တွေ့ဆုံရာနေရာ ဖြစ်လာမယ်လို့ မြို့တော်က မျှော်လင့်ပါတယ်။",
    ),
    "zh": (
        ("相关新闻", "延伸阅读", "相关阅读", "相关报道", "推荐阅读", "阅读更多"),
        "居民 每周 照料 河边 树木",
        "这座公园由市政府与居民共同设计，并在六个月之内由市政府建设完成，现已向公众开放，居民可以免费入园参观游览，园内还设有儿童游乐区。",
        "市政府希望这座公园能够成为各个年龄段居民的聚会场所，并计划明年在城市的其他地区兴建更多类似的公园，让更多居民受益于绿色空间。",
    ),
    "ta": (
        ("மேலும் படிக்க", "தொடர்புடைய செய்திகள்", "இதையும் படிங்க"),
        "ஆற்றங்கரை மரங்களை வாரந்தோறும் பராமரிக்கும் குடியிருப்பாளர்கள்",
        "இந்தப் பூங்கா குடியிருப்பாளர்களுடன் இணைந்து வடிவமைக்கப்பட்டு ஆறு மாதங்களில் கட்டி முடிக்கப்பட்டது.",
        "எல்லா வயதினரும் சந்திக்கும் இடமாக இந்தப் பூங்கா அமையும் என்று நகர நிர்வாகம் எதிர்பார்க்கிறது.",
    ),
    "pt": (
        ("Leia também", "LEIA MAIS", "Veja também", "Ver também", "Notícias relacionadas"),
        "Moradores Cuidam das Árvores na Margem do Rio Todas as Semanas",
        "O parque foi desenhado em conjunto com os moradores e construído em seis meses pela câmara municipal.",
        "A câmara municipal espera que o parque se torne um ponto de encontro para pessoas de todas as idades.",
    ),
    "tet": (
        ("Lee mós", "Lee mos", "Haree mós", "Notísia relevante"),
        "Ema Kuidadu Ai-hun iha Mota Ninin Semana-semana",
        "Parke ne'e dezeña hamutuk ho komunidade no harii iha fulan neen nia laran husi autoridade munisipál.",
        "Autoridade munisipál hein katak parke ne'e sei sai fatin hasoru malu ba ema hotu-hotu iha sidade.",
    ),
}  # fmt: skip

# Each holds {marker}, {url} and {headline} and leads to another article only.
FORMS = {
    "line": "<p>{marker}: <a href='{url}'>{headline}</a></p>",
    "strong": "<p><strong>{marker}: <a href='{url}'>{headline}</a></strong></p>",
    "space before the colon": "<p>{marker} : <a href='{url}'>{headline}</a></p>",
    "wide colon": "<p>{marker}：<a href='{url}'>{headline}</a></p>",
    "no colon": "<p>{marker} <a href='{url}'>{headline}</a></p>",
    "next line": "<p>{marker}:<br><a href='{url}'>{headline}</a></p>",
    "next paragraph": "<p><b>{marker}</b></p><p><a href='{url}'>{headline}</a></p>",
    "next paragraph, bare": "<p>{marker}:</p><p>{headline}</p>",
    "list": (
        "<p>{marker}:</p><ul><li><a href='{url}'>{headline}</a></li><li><a href='{url}2'>{headline} 2</a></li></ul>"
    ),
    "subhead and list": "<h3>{marker}</h3><ul><li><a href='{url}'>{headline}</a></li></ul>",
    "box": "<div class='x'><span>{marker}</span><div><a href='{url}'>{headline}</a></div></div>",
    "in the link": "<p><a href='{url}'>{marker}: {headline}</a></p>",
    "bare": "<p><em>{marker}:</em> {headline}</p>",
    "table": "<table><tr><td>{marker}:</td></tr><tr><td><a href='{url}'>{headline}</a></td></tr></table>",
    "cells": "<table><tr><td>{marker}</td><td><a href='{url}'>{headline}</a></td></tr></table>",
    "quote": "<blockquote>{marker}: <a href='{url}'>{headline}</a></blockquote>",
    "two in a line": "<p>{marker}: <a href='{url}'>{headline}</a> <a href='{url}2'>{headline} 2</a></p>",
    "two lines": "<p>{marker}: <a href='{url}'>{headline}</a><br>{marker}: <a href='{url}2'>{headline} 2</a></p>",
    "brackets": "<p>[{marker}: <a href='{url}'>{headline}</a>]</p>",
    "round brackets": "<p>({marker}: <a href='{url}'>{headline}</a>)</p>",
    "arrow": "<p>» {marker}: <a href='{url}'>{headline}</a></p>",
    "hand": "<p>👉 {marker}: <a href='{url}'>{headline}</a></p>",
    "dash": "<p>{marker} - <a href='{url}'>{headline}</a></p>",
    "bar": "<p>{marker} | <a href='{url}'>{headline}</a></p>",
    "definition": "<dl><dt>{marker}</dt><dd><a href='{url}'>{headline}</a></dd></dl>",
    "date behind": "<p>{marker}: <a href='{url}'>{headline}</a> (2/5)</p>",
    "aside": "<aside><p>{marker}</p><a href='{url}'>{headline}</a></aside>",
}

# The same glued to the end of the sentence before, which must stay.
GLUED = {
    "marked": " {marker}: <a href='{url}'>{headline}</a>",
    "marked, no space": "{marker}: <a href='{url}'>{headline}</a>",
    "marked, strong": " <strong>{marker}: <a href='{url}'>{headline}</a></strong>",
    "marked, in the link": " <a href='{url}'>{marker}: {headline}</a>",
    "marked, bare": " {marker}: {headline}",
    "brackets": " ({marker}: <a href='{url}'>{headline}</a>)",
    "square brackets": " [{marker}: <a href='{url}'>{headline}</a>]",
}

HEADLINE = LANGUAGES["id"][1]

# Without any marker; Indonesian, between two paragraphs.
UNMARKED = {
    "link alone": "<p><a href='{url}'>{headline}</a></p>",
    "link alone, strong": "<p><strong><a href='{url}'>{headline}</a></strong></p>",
    "link alone, in lines": "<br><a href='{url}'>{headline}</a><br>",
    "two links": "<p><a href='{url}'>{headline}</a></p><p><a href='{url}2'>Dua Taman Lain Dibuka Pekan Depan</a></p>",
    "list of links": (
        "<ul><li><a href='{url}'>{headline}</a></li><li><a href='{url}2'>Dua Taman Lain Dibuka</a></li></ul>"
    ),
    "subhead that is a link": "<h3><a href='{url}'>{headline}</a></h3>",
    "list entry with its hour": "<ul><li><a href='{url}'>{headline}</a> 2 jam lalu</li></ul>",
    "link with a title": "<p><a href='{url}' title='{headline}'>{headline}</a></p>",
    "picture and headline": (
        "<div><a href='{url}'><img src='x.jpg' alt='pohon'></a><a href='{url}'>{headline}</a></div>"
    ),
    "in quotation marks": "<p>“<a href='{url}'>{headline}</a>”</p>",
    "arrow": "<p>→ <a href='{url}'>{headline}</a></p>",
    "absolute address": "<p><a href='https://www.antaranews.com{url}'>{headline}</a></p>",
    "address with campaign marks": "<p><a href='{url}?utm_source=x&amp;utm_medium=inline'>{headline}</a></p>",
    "card with its section and hour": (
        "<div><a href='{url}'><img src='x.jpg'><span>Kota</span><h4>{headline}</h4><span>3 jam lalu</span></a></div>"
    ),
    "another portal": "<p><a href='https://jambi.antaranews.com{url}'>{headline}</a></p>",
}

# Prompts, adverts and the like; each is one line of its own.
PROMPTS = {
    "id": (
        "ADVERTISEMENT", "SCROLL TO CONTINUE WITH CONTENT", "Advertisement . Scroll to see content",
        "[Gambas:Video 20detik]",
        "Ikuti berita kami di Google News", "Ikuti saluran WhatsApp kami untuk berita pilihan",
        "Follow Berita Kabar di Google News", "Dapatkan update berita pilihan setiap hari di kanal Telegram kami.",
        "Simak berita lainnya di Google News.", "Gabung ke channel WhatsApp kami, klik di sini", "Bagikan artikel ini",
        "Bagikan:", "Cek Berita dan Artikel yang lain di Google News dan WhatsApp Channel",
        "Scroll ke bawah untuk lanjut membaca", "Lanjutkan membaca di bawah iklan", "Tags: taman, kota, warga",
        "Dapatkan berita terbaru lewat newsletter kami, daftar di sini", "Lanjut ke halaman 2", "Halaman: 1 2 3",
        "Unduh aplikasi kami untuk membaca berita lebih cepat", "Jangan lupa like dan subscribe channel YouTube kami",
        "Klik di sini untuk bergabung dengan grup WhatsApp kami.", "Iklan", "Konten ini telah tayang di Google News",
        "Advertisement", "Loading...", "Komentar", "(adsbygoogle = window.adsbygoogle || []).push({});",
        "Ikuti kami di Instagram dan Facebook", "Video Pilihan", "Gulir untuk melanjutkan membaca",
    ),
    "ms": (
        "Ikuti kami di Telegram untuk berita terkini", "Sertai saluran WhatsApp kami sekarang", "Iklan",
        "Langgan surat berita kami", "Muat turun aplikasi kami", "Kongsi artikel ini",
        "Teruskan membaca di bawah iklan",
    ),
    "en": (
        "Advertisement", "ADVERTISEMENT", "Article continues below advertisement",
        "Story continues below advertisement",
        "Follow us on Google News", "Follow us on Facebook, Twitter and Instagram",
        "Join our Telegram channel for updates",
        "Subscribe to our newsletter", "Sign up for our daily newsletter here",
        "Click here to subscribe to our WhatsApp channel",
        "Share this article", "Share:", "Download our app for the latest news", "Tags: park, city, residents",
        "Get the latest stories delivered to your inbox", "Follow our WhatsApp Channel for the latest news.",
        "Skip advertisement", "Sponsored", "Recommended for you", "Continue reading below", "Listen to this article",
        "Stay up to date with our newsletter: sign up here", "Like us on Facebook",
        "Don't miss our daily newsletter: subscribe now",
    ),
    "tl": ("Sundan kami sa Facebook at Telegram", "Ibahagi ang artikulong ito", "Mag-subscribe sa aming newsletter"),
    "vi": (
        "Theo dõi chúng tôi trên Google News", "Theo dõi chúng tôi trên Facebook", "Quảng cáo", "Chia sẻ bài viết",
        "Đăng ký nhận bản tin hằng ngày", "Từ khóa: công viên, thành phố",
    ),
    "th": (
        "ติดตามเราได้ที่ Google News", "ติดตามข่าวสารได้ที่ Facebook", "โฆษณา", "แชร์ข่าวนี้", "สมัครรับจดหมายข่าว",
        "แท็ก: สวน, เมือง",
    ),
    "km": ("ចុចទីនេះដើម្បីចូល Telegram Channel", "ផ្សាយពាណិជ្ជកម្ម"),
    "lo": ("ຕິດຕາມພວກເຮົາທີ່ Facebook", "ໂຄສະນາ"),
    "my": ("Telegram Channel တွင် ဝင်ရောက်ကြည့်ရှုရန်", "ကြော်ငြာ"),
    "zh": ("广告", "分享", "点击这里订阅我们的电子报", "关注我们的微信公众号", "标签：公园、城市"),
    "pt": ("Publicidade", "Siga-nos no Facebook e no Instagram", "Partilhar", "Subscreva a nossa newsletter"),
}  # fmt: skip

# Lines that are a prompt by where their link leads, whatever their language says.
CHANNELS = {
    "https://news.google.com/publications/kota": "Tuir ami-nia notísia iha Google News",
    "https://whatsapp.com/channel/00kota": "请在以下平台关注我们",
    "https://t.me/kota": "ຂ່າວ ຂອງ ເມືອງ",
    "https://play.google.com/store/apps/details?id=kota": "Kabar di tangan Anda",
    "https://www.facebook.com/sharer/sharer.php?u=x": "Facebook",
    "https://wa.me/?text=x": "Kirim",
    "https://twitter.com/intent/tweet?url=x": "X",
}
