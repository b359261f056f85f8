"""Whether a sentence leans on one before it: then it says nothing, or something else, where it stands alone.

Rules on its first words (a pronoun, a word that goes on from something, "keputusan itu") and on words that tell of a
speaker without naming anybody ("ujarnya", "he said"). Every pattern looks at a few words only: texts may be hostile.
"""

from __future__ import annotations

import re

_START = r"[\s\"'“”‘’«»(\[–—-]{0,4}"
_NAME = r"(?! ?(?-i:[A-ZĐÀ-Ỹ]))"  # no name behind it: "Ông Lê Văn An" leans on nothing

# words that go on from a sentence before, or stand for somebody in it
_OPENINGS = re.compile(
    rf"{_START}(?:(?:"
    # Indonesian and Malay
    r"ia|dia|beliau|mereka|keduanya|ketiganya|kedua-duanya|masing-masing|selain (?:itu|dia)|karena itu|"
    r"oleh (?:karena |sebab )?itu|untuk itu|namun|tetapi|tapi|akan tetapi|kemudian|lalu|lantas|setelah itu|selanjutnya|"
    r"sementara(?: itu)?|sehingga|dengan (?:demikian|begitu)|menurut(?:nya| dia| beliau)|di sisi lain|di lain pihak|"
    r"katanya|ujarnya|tuturnya|tambahnya|jelasnya|ungkapnya|lanjutnya|meski(?:pun)? (?:begitu|demikian)|bagaimanapun|"
    r"walau(?:pun)? (?:begitu|bagaimanapun|demikian)|dalam pada itu|sehubungan itu|justeru|malah|bahkan|padahal|"
    r"sebaliknya|sebelumnya|terdahulu|sebab|pasalnya|hanya saja|tak hanya itu|tidak hanya itu|hal (?:itu|ini|tersebut)|"
    r"itu|ini|di sana|di situ|tak heran|begitu pula|begitu juga|demikian pula|senada|"
    # English
    r"he|she|they|it|its|his|her|their|this|that|these|those|such|the (?:latter|former|same|two|three|pair|duo)|both|"
    r"however|but|and|or|so|yet|still|meanwhile|therefore|thus|hence|also|moreover|furthermore|besides|instead|"
    r"in addition|in response|in contrast|as a result|for example|for instance|earlier|later|afterwards|then|another|"
    r"others|nevertheless|nonetheless|"
    # Filipino
    r"siya|sila|ito|iyon|niya|nila|aniya|dagdag (?:pa )?n(?:iya|ila|ito)|gayunman|samantala|ngunit|subalit|pero|kaya|"
    r"bukod (?:dito|rito)|kasabay nito|dahil (?:dito|rito)|ayon sa kan[yi]?(?:y?a|la)|pagkatapos nito|kabilang dito"
    r")\b(?!-)"
    # Vietnamese
    rf"|(?:(?:ông|bà|anh|chị|cô){_NAME}|họ|nó|đây|điều (?:này|đó)|việc (?:này|đó)|theo đó|ngoài ra|tuy nhiên|nhưng|"
    r"bên cạnh đó|trong khi đó|do đó|vì vậy|vì thế|sau đó|đồng thời|trước đó|cũng|thêm vào đó)\b"
    # scripts without spaces between words
    r"|เขา|เธอ|พวกเขา|นอกจากนี้|อย่างไรก็ตาม|ทั้งนี้|ขณะที่|ซึ่ง|แต่|ดังนั้น|ต่อมา|ด้าน"
    r"|គាត់|លោកបន្ត|លើសពីនេះ|ទន្ទឹមនឹងនេះ|ទោះយ៉ាងណា|ប៉ុន្តែ|បន្ទាប់មក"
    r"|ນອກຈາກນີ້|ຢ່າງໃດກໍຕາມ|ພ້ອມກັນນີ້|ແຕ່|ລາວ"
    r"|၎င်း|သူက|ထို့ပြင်|သို့သော်|ထို့ကြောင့်|ယင်း|ထို့နောက်"
    r"|他|她|此外|然而|但|因此|同时|其中|对此|随后"
    r")",
    re.IGNORECASE,
)
# "Keputusan tersebut …", "Dalam kesempatan itu …", "Acara ini …": not "hari ini", nor "Selasa ini"
_POINTING = re.compile(
    rf"{_START}\w{{1,24}}(?: \w{{1,24}}){{0,3}}? (?:tersebut|berkenaan|itu|(?<!hari )(?<!saat )(?<!kini )(?<!kali )"
    r"(?<!pekan )(?<!minggu )(?<!bulan )(?<!tahun )(?<!pagi )(?<!siang )(?<!sore )(?<!malam )(?<!petang )(?<!selama )"
    r"(?<!senin )(?<!selasa )(?<!rabu )(?<!kamis )(?<!jumat )(?<!sabtu )(?<!di sini )ini)\b",
    re.IGNORECASE,
)
# somebody speaks, and the sentence does not say who
_UNNAMED = re.compile(
    r"\b(?:kata|ujar|ucap|ungkap|jelas|tutur|tegas|imbuh|tambah|terang|papar|sambung|lanjut|sebut|tandas|pungkas|beber|"
    r"cetus|tukas|seloroh|kelakar|keluh|harap|akui|aku)(?:nya\b| (?:dia|ia|beliau|mereka)\b)"
    r"|\b(?:he|she|they) (?:said|says|added|adds|told|noted|explained|stressed|recalled)\b"
    r"|\b(?:said|says|added|adds) (?:he|she|they)\b"
    rf"|\b(?:ông|bà|anh|chị|cô) (?:nói|cho biết|cho hay|chia sẻ|khẳng định|nhấn mạnh|kể){_NAME}"
    r"|\b(?:sabi|dagdag|giit|paliwanag|wika|pahayag|kuwento|ani)(?: pa)? (?:niya|nito|nila)\b|\baniya\b",
    re.IGNORECASE,
)


def leans(sentence: str) -> bool:
    """Whether the sentence needs one before it to be understood."""
    return bool(_OPENINGS.match(sentence) or _POINTING.match(sentence) or _UNNAMED.search(sentence))
