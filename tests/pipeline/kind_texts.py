"""One made-up story in ten languages, and what sites say around it. All of it is our own writing."""
# ruff: noqa: E501 (a table: one case to a line)

from __future__ import annotations

HEADLINES = {
    "id": "Taman kota baru dibuka di tepi sungai",
    "en": "City opens a new park along the river",
    "ms": "Taman bandar baharu dibuka di tepi sungai",
    "tl": "Binuksan ang bagong parke sa tabi ng ilog",
    "vi": "Thành phố mở công viên mới bên bờ sông",
    "th": "เปิดสวนสาธารณะแห่งใหม่ริมแม่น้ำกลางเมือง",
    "km": "ទីក្រុងបើកសួនច្បារថ្មីនៅមាត់ទន្លេ",
    "lo": "ນະຄອນເປີດສວນສາທາລະນະແຫ່ງໃໝ່ແຄມນ້ຳ",
    "my": "မြစ်ကမ်းဘေးတွင် ပန်းခြံသစ် ဖွင့်လှစ်",
    "zh": "城市在河边新建的公园正式开放",
}
SENTENCES = {
    "id": "Wali kota membuka taman kota yang baru di tepi sungai pada Senin pagi bersama warga yang menanam pohon di sana.",
    "en": "The mayor opened the new city park along the river on Monday morning together with people who planted its trees.",
    "ms": "Datuk bandar membuka taman baharu di tepi sungai pada pagi Isnin bersama penduduk yang menanam pokok di situ.",
    "tl": "Binuksan ng alkalde ang bagong parke sa tabi ng ilog nitong Lunes ng umaga kasama ang mga taong nagtanim ng puno.",
    "vi": "Thị trưởng mở cửa công viên mới bên bờ sông vào sáng thứ Hai cùng những người dân đã trồng cây ở đó.",
    "th": "นายกเทศมนตรีเปิดสวนสาธารณะแห่งใหม่ริมแม่น้ำเมื่อเช้าวันจันทร์ร่วมกับชาวบ้านที่ช่วยกันปลูกต้นไม้ไว้ที่นั่น",
    "km": "អភិបាលក្រុងបានបើកសួនច្បារថ្មីនៅមាត់ទន្លេកាលពីព្រឹកថ្ងៃចន្ទ រួមជាមួយប្រជាពលរដ្ឋដែលបានដាំដើមឈើនៅទីនោះ។",
    "lo": "ເຈົ້າຄອງນະຄອນໄດ້ເປີດສວນສາທາລະນະແຫ່ງໃໝ່ແຄມນ້ຳໃນຕອນເຊົ້າວັນຈັນ ຮ່ວມກັບປະຊາຊົນທີ່ໄດ້ປູກຕົ້ນໄມ້ຢູ່ທີ່ນັ້ນ",
    "my": "မြို့တော်ဝန်သည် မြစ်ကမ်းဘေးရှိ ပန်းခြံသစ်ကို တနင်္လာနေ့ နံနက်က သစ်ပင်စိုက်ခဲ့သော မြို့သူမြို့သားများနှင့်အတူ ဖွင့်လှစ်ခဲ့သည်။",
    "zh": "市长周一上午与曾在那里植树的居民一起，为河边的新公园揭幕。",
}
LANGUAGES = tuple(SENTENCES)
MISSING = {
    "id": (
        "Halaman tidak ditemukan",
        "Maaf, halaman yang Anda cari tidak ditemukan atau sudah dipindahkan ke alamat lain.",
    ),
    "en": ("Page not found", "Sorry, the page you are looking for has been moved or never was at this address."),
    "ms": ("Laman tidak dijumpai", "Maaf, laman yang anda cari tidak dijumpai atau telah dialihkan ke alamat lain."),
    "tl": ("Hindi nahanap ang pahina", "Paumanhin, ang pahinang hinahanap mo ay wala na o inilipat sa ibang lugar."),
    "vi": ("Không tìm thấy trang", "Xin lỗi, trang bạn tìm không còn ở địa chỉ này hoặc đã được chuyển đi nơi khác."),
    "th": ("ไม่พบหน้าที่ต้องการ", "ขออภัย หน้าที่คุณกำลังค้นหาอาจถูกย้ายหรือลบไปแล้ว โปรดลองค้นหาใหม่อีกครั้ง"),
    "km": ("រកមិនឃើញទំព័រ", "សូមអភ័យទោស ទំព័រដែលអ្នកស្វែងរកមិនមាននៅទីនេះទេ។"),
    "lo": ("ບໍ່ພົບໜ້ານີ້", "ຂໍອະໄພ ໜ້າທີ່ທ່ານຊອກຫາບໍ່ມີຢູ່ບ່ອນນີ້ແລ້ວ"),
    "my": ("စာမျက်နှာ မတွေ့ပါ", "ဝမ်းနည်းပါသည်၊ သင်ရှာနေသော စာမျက်နှာသည် ဤနေရာတွင် မရှိတော့ပါ။"),
    "zh": ("页面不存在", "抱歉，您访问的页面不存在或已被移到别处。"),
}
SUBSCRIBE = {
    "id": "Baca selengkapnya dengan berlangganan",
    "en": "Subscribe to continue reading",
    "ms": "Langgan untuk membaca selanjutnya",
    "tl": "Mag-subscribe upang ituloy ang pagbasa",
    "vi": "Đăng ký để đọc tiếp bài này",
    "th": "สมัครสมาชิกเพื่ออ่านต่อ",
    "km": "ចុះឈ្មោះដើម្បីអានបន្ត",
    "lo": "ສະໝັກສະມາຊິກເພື່ອອ່ານຕໍ່",
    "my": "ဆက်လက်ဖတ်ရှုရန် စာရင်းသွင်းပါ",
    "zh": "订阅后阅读全文",
}
CHALLENGES = {
    "id": ("Verifikasi keamanan", "Pastikan bahwa Anda bukan robot untuk melanjutkan ke situs ini"),
    "en": ("Security check", "Verify you are human to go on to this site"),
    "ms": ("Pengesahan keselamatan", "Sahkan bahawa anda bukan robot untuk meneruskan"),
    "tl": ("Sandali lang", "Patunayan na ikaw ay tao upang magpatuloy"),
    "vi": ("Kiểm tra bảo mật", "Hãy xác nhận bạn không phải là robot để tiếp tục"),
    "th": ("ตรวจสอบความปลอดภัย", "โปรดยืนยันว่าคุณไม่ใช่หุ่นยนต์เพื่อไปต่อ"),
    "km": ("ការចូលត្រូវបានបដិសេធ", "សូមបញ្ជាក់ថាអ្នកមិនមែនជាមនុស្សយន្ត"),
    "lo": ("ການເຂົ້າເຖິງຖືກປະຕິເສດ", "ກະລຸນາຢືນຢັນວ່າທ່ານບໍ່ແມ່ນຫຸ່ນຍົນ"),
    "my": ("ဝင်ရောက်ခွင့် ငြင်းပယ်သည်", "သင်သည် စက်ရုပ်မဟုတ်ကြောင်း အတည်ပြုပါ"),
    "zh": ("安全验证", "请完成验证以证明您不是机器人"),
}


def paragraphs(language: str, count: int) -> str:
    """So many paragraphs of the story, no two alike."""
    return "".join(f"<p>{_numbered(SENTENCES[language], number)}</p>" for number in range(1, count + 1))


def _numbered(sentence: str, number: int) -> str:
    """The number stands inside, so that the sentence ends as its language ends sentences."""
    return sentence if number == 1 else f"({number}) {sentence}"
