"""What the made-up mornings tell, in our own words: seven languages, two events in each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """One event as one outlet writes of it."""

    language: str
    headline: str
    extract: str
    quote: str  # its words
    speaker: str
    role: str | None
    city: str  # its main place, as the gazetteer names it
    country: str
    topics: tuple[tuple[str, str], ...]  # ids and labels
    tone: str | None
    section: str
    kind: str = "direct"


_AIR, _TRANSPORT = ("air-quality", "air quality"), ("transport", "transport")
_SMART, _FLOOD, _RIVERS = (
    ("digital-city", "digital city"),
    ("flood", "floods"),
    ("urban-development", "urban development"),
)
_MEETING = ("cooperation", "cooperation between cities")

EVENTS = (
    Event(
        "id",
        "Dua puluh wali kota tiba di Jakarta untuk pertemuan ibu kota ASEAN",
        (
            "Dua puluh wali kota dan gubernur ibu kota ASEAN tiba di Jakarta pada Senin malam. Mereka akan membahas "
            "angkutan umum rendah emisi dan kualitas udara selama dua hari."
        ),
        "Kami ingin setiap ibu kota pulang membawa satu janji yang bisa diperiksa warganya tahun depan",
        "Rina Wiratmaja",
        "Kepala Biro Kerja Sama Daerah",
        "Jakarta", "ID", (_MEETING, _TRANSPORT), "positif", "Metropolitan",
    ),
    Event(
        "en",
        "Capitals agree on a common air-quality dashboard",
        (
            "Delegates agreed to publish hourly readings of ten pollutants on one shared page. The first cities will "
            "join before the end of the year."
        ),
        "If a mother in Manila can read the same number as a minister in Jakarta, we have done our work",
        "Leonor Casilag",
        "environment officer of the City of Manila",
        "Manila", "PH", (_AIR, _SMART), "positif", "Regional",
    ),
    Event(
        "th",
        "ผู้ว่าราชการกรุงเทพมหานครเสนอเครือข่ายเมืองอัจฉริยะร่วมกัน",
        "ผู้ว่าราชการกรุงเทพมหานครเสนอให้เมืองหลวงอาเซียนแบ่งปันข้อมูลน้ำท่วมและการจราจรแบบเปิด โดยจะเริ่มทดลองในสามเมืองภายในปีหน้า",
        "ข้อมูลน้ำท่วมไม่ควรอยู่ในลิ้นชักของใคร ทุกเมืองต้องเห็นพร้อมกันก่อนฝนจะตก",
        "ธีรเดช แสงอรุณวงศ์",
        "ที่ปรึกษาผู้ว่าราชการกรุงเทพมหานคร",
        "Bangkok", "TH", (_SMART, _FLOOD), "netral", "ท้องถิ่น",
    ),
    Event(
        "vi",
        "Hà Nội chia sẻ kinh nghiệm chuyển đổi xe buýt điện",
        (
            "Đại diện Hà Nội cho biết một phần ba đội xe buýt sẽ chạy điện trong ba năm tới. Thành phố mời các thủ đô "
            "khác đến thăm bãi sạc mới."
        ),
        "Chúng tôi không mua xe trước, chúng tôi học cách sạc trước, và đó là điều nên chia sẻ",
        "Vũ Thị Lan Hương",
        "phó giám đốc Sở Giao thông vận tải",
        "Hanoi", "VN", (_TRANSPORT, _AIR), "positif", "Đô thị",
    ),
    Event(
        "km",
        "រាជធានីភ្នំពេញនឹងធ្វើជាម្ចាស់ផ្ទះនៃវេទិកាអភិបាលក្រុងអាស៊ាន",
        "រាជធានីភ្នំពេញបានប្រកាសថា ខ្លួននឹងធ្វើជាម្ចាស់ផ្ទះនៃវេទិកាអភិបាលក្រុងអាស៊ានលើកក្រោយ។",
        "យើងត្រៀមខ្លួនរួចរាល់ដើម្បីស្វាគមន៍អភិបាលក្រុងទាំងអស់ និងបង្ហាញពីសួនច្បារថ្មីតាមដងទន្លេ",
        "សុខ វិចិត្រា",
        "អ្នកនាំពាក្យសាលារាជធានី",
        "Phnom Penh", "KH", (_MEETING,), "netral", "ជាតិ",
    ),
    Event(
        "my",
        "ရန်ကုန်မြို့တော် ဘတ်စ်ကားစနစ်သစ် မိတ်ဆက်",
        "မြို့တော်ဝန်က ဘတ်စ်ကားလမ်းကြောင်းသစ် ဆယ်ခုကို ဖွင့်လှစ်ခဲ့သည်။",
        "ခရီးသည်တွေ စောင့်ရတဲ့အချိန်ကို ဆယ်မိနစ်အောက် လျှော့ချဖို့ ကျွန်တော်တို့ ကတိပေးပါတယ်",
        "ဦးအောင်ကျော်မင်း",
        "မြို့တော်ဝန်",
        "Yangon", "MM", (_TRANSPORT,), "netral", "မြို့ပြ",
    ),
    Event(
        "zh",
        "吉隆坡市长介绍河岸步道计划",
        "吉隆坡市长表示，新的河岸步道将连接六个社区，并在两年内全部开放。",
        "河岸应该属于每一个走路上班的人，而不只属于两旁的高楼和停车场",
        "林慧敏",
        "市政厅城市规划司司长",
        "Kuala Lumpur", "MY", (_RIVERS, _FLOOD), "positif", "城市",
    ),
    Event(
        "id",
        "Warga keluhkan jalur sepeda terputus menjelang pertemuan para gubernur",
        (
            "Warga Jakarta Timur mengeluhkan jalur sepeda yang terputus di empat persimpangan. Dinas Perhubungan belum "
            "menjawab pertanyaan sampai Senin petang."
        ),
        "Jalurnya bagus di depan hotel para tamu, tetapi hilang begitu masuk ke kampung kami",
        "Sugeng Prawiro",
        None,
        "Jakarta", "ID", (_TRANSPORT,), "negatif", "Kota",
    ),
    Event(
        "en",
        "Fourteen cities test one ticket for buses and trains",
        (
            "Fourteen cities will test a single ticket for buses and trains from October. Riders keep the card of "
            "their home city and pay in its currency."
        ),
        "the card would cost riders nothing in the first year, whichever of the fourteen cities they travel in",
        "Farid Halim",
        "head of the ticketing group",
        "Kuala Lumpur", "MY", (_TRANSPORT, _SMART), "netral", "Nation",
        kind="indirect",
    ),
    Event(
        "th",
        "กรุงเทพฯ เปิดศูนย์เตือนภัยน้ำท่วมร่วมกับเมืองในอาเซียน",
        "ศูนย์เตือนภัยแห่งใหม่จะส่งข้อมูลระดับน้ำทุกสิบนาทีให้เมืองสมาชิกหกเมือง และเปิดให้ประชาชนดูได้ฟรี",
        "เราส่งข้อมูลทุกสิบนาที เพราะในคลองแคบ ๆ สิบนาทีคือเวลาที่คนแก่ใช้ขึ้นบันไดบ้าน",
        "กนกวรรณ ศรีสายชล",
        "ผู้อำนวยการสำนักการระบายน้ำ",
        "Bangkok", "TH", (_FLOOD,), "positif", "สิ่งแวดล้อม",
    ),
    Event(
        "vi",
        "Thành phố Hồ Chí Minh tham gia mạng lưới đô thị thông minh",
        (
            "Thành phố Hồ Chí Minh sẽ mở dữ liệu giao thông cho các đô thị trong mạng lưới. Bản đồ chung dự kiến ra "
            "mắt vào tháng mười hai."
        ),
        "Dữ liệu mở chỉ có ích khi người đi xe máy cũng đọc được nó ngay tại ngã tư",
        "Trần Quốc Đạt",
        "trưởng ban chuyển đổi số",
        "Ho Chi Minh City", "VN", (_SMART,), "netral", "Công nghệ",
    ),
    Event(
        "km",
        "ភ្នំពេញបន្ថែមឡានក្រុងអគ្គិសនីចំនួនសាមសិបគ្រឿង",
        "សាលារាជធានីភ្នំពេញនឹងបន្ថែមឡានក្រុងអគ្គិសនីសាមសិបគ្រឿងនៅលើខ្សែចំនួនបី មុនពេលវេទិកាអភិបាលក្រុងបើក។",
        "ឡានក្រុងថ្មីនេះមិនត្រឹមតែស្ងាត់ទេ ថែមទាំងឈប់នៅមុខសាលារៀនគ្រប់កន្លែងទៀតផង",
        "ចាន់ សុភាព",
        "ប្រធានមន្ទីរដឹកជញ្ជូន",
        "Phnom Penh", "KH", (_TRANSPORT,), "positif", "ដឹកជញ្ជូន",
    ),
    Event(
        "my",
        "ရန်ကုန်တွင် လေထုအရည်အသွေး တိုင်းတာရေးစခန်း ငါးခု တိုးချဲ့မည်",
        "လေထုအရည်အသွေး တိုင်းတာရေးစခန်း ငါးခုကို နှစ်ကုန်ပိုင်းတွင် တပ်ဆင်မည်ဖြစ်ပြီး အချက်အလက်များကို အများပြည်သူ ကြည့်ရှုနိုင်မည်။",
        "လေထုအခြေအနေကို ဖုန်းပေါ်မှာ နာရီတိုင်း ကြည့်လို့ရအောင် လုပ်ပေးဖို့ လိုပါတယ်",
        "ဒေါ်သီတာဝင်း",
        "ပတ်ဝန်းကျင်ထိန်းသိမ်းရေးဌာန ညွှန်ကြားရေးမှူး",
        "Yangon", "MM", (_AIR,), "netral", "သဘာဝပတ်ဝန်းကျင်",
    ),
    Event(
        "zh",
        "新加坡代表建议各首都共用防洪数据",
        "新加坡代表建议各首都每十分钟交换一次水位数据，并承诺为六个城市提供免费培训。",
        "水不认得边界，所以我们的水位表也不应该只写一种语言、只给一座城市看",
        "陈志远",
        "公用事业局水务主任",
        "Singapore", "SG", (_FLOOD, _SMART), "positif", "区域",
    ),
)  # fmt: skip
