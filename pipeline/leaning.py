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
    r"salah satunya|(?:satu )?di antaranya|adapun|"
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
# "Keputusan tersebut …", "Dalam kesempatan itu …": not "hari ini", nor what a text is about as a whole ("acara itu …")
_POINTING = re.compile(
    rf"{_START}(?!(?:acara|forum|pertemuan|kegiatan|konferensi|rapat|sidang|festival|program|majlis|mesyuarat|"
    r"persidangan|pameran|ajang|perhelatan) )\w{1,24}(?: \w{1,24}){0,3}? (?:tersebut|berkenaan|itu|"
    r"(?<!hari )(?<!saat )(?<!kini )(?<!kali )(?<!pekan )(?<!minggu )(?<!bulan )(?<!tahun )(?<!pagi )(?<!siang )"
    r"(?<!sore )(?<!malam )(?<!petang )(?<!selama )(?<!senin )(?<!selasa )(?<!rabu )(?<!kamis )(?<!jumat )(?<!sabtu )"
    r"(?<!di sini )ini)\b",
    re.IGNORECASE,
)
# somebody speaks, and the sentence does not say who
_LISTED_VERBS = """
    kata ujar ucap ungkap jelas tutur tegas imbuh tambah terang papar sambung lanjut sebut tandas pungkas beber cetus
    tukas seloroh kelakar keluh akui aku
"""
_SPEAKING = frozenset(f"{verb}nya" for verb in _LISTED_VERBS.split()) | {"aniya"}
_UNNAMED = re.compile(
    rf"\b(?:{'|'.join(_LISTED_VERBS.split())}) (?:dia|ia|beliau|mereka)\b"
    r"|\b(?:he|she|they) (?:said|says|added|adds|told|noted|explained|stressed|recalled)\b"
    r"|\b(?:said|says|added|adds) (?:he|she|they)\b"
    rf"|\b(?:ông|bà|anh|chị|cô) (?:nói|cho biết|cho hay|chia sẻ|khẳng định|nhấn mạnh|kể){_NAME}"
    r"|\b(?:sabi|dagdag|giit|paliwanag|wika|pahayag|kuwento|ani)(?: pa)? (?:niya|nito|nila)\b",
    re.IGNORECASE,
)
# without one of these words the pattern fits nowhere
_LISTED = "dia ia beliau mereka he she they niya nito nila ông bà anh chị cô"
_SPEAKERS = frozenset(_LISTED.split())
# the first words of what `_OPENINGS` knows: a pattern of so many branches runs where it may fit only
_FIRST = """
    ia dia beliau mereka keduanya ketiganya kedua masing selain karena oleh untuk namun tetapi tapi akan
    kemudian lalu lantas setelah selanjutnya sementara sehingga dengan menurut menurutnya di katanya ujarnya
    tuturnya tambahnya jelasnya ungkapnya lanjutnya meski meskipun bagaimanapun walau walaupun dalam sehubungan
    justeru malah bahkan padahal sebaliknya sebelumnya terdahulu sebab pasalnya hanya tak tidak hal salah satu
    adapun itu ini begitu demikian senada he she they it its his her their this that these those such the both
    however but and or so yet still meanwhile therefore thus hence also moreover furthermore besides instead in
    as for earlier later afterwards then another others nevertheless nonetheless siya sila ito iyon niya nila
    aniya dagdag gayunman samantala ngunit subalit pero kaya bukod kasabay dahil ayon pagkatapos kabilang ông bà
    anh chị cô họ nó đây điều việc theo ngoài tuy nhưng bên trong do vì sau đồng trước cũng thêm
"""
_FIRST_WORDS = frozenset(_FIRST.split())
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_POINTERS = (" itu", " ini", " tersebut", " berkenaan")
_BEGINNING = 130  # characters that a pointing opening may take


def leans(sentence: str, words: frozenset[str]) -> bool:
    """Whether the sentence needs one before it to be understood. `words`: its words in small letters."""
    first = _FIRST_WORD.search(sentence)
    may_open = not sentence[:1].isascii() or (first is not None and first.group().lower() in _FIRST_WORDS)
    if may_open and _OPENINGS.match(sentence):
        return True
    beginning = sentence[:_BEGINNING]
    if any(pointer in beginning for pointer in _POINTERS) and _POINTING.match(sentence):
        return True
    if not _SPEAKING.isdisjoint(words):
        return True
    return not _SPEAKERS.isdisjoint(words) and _UNNAMED.search(sentence) is not None
