"""Copies: exact comparison, candidates by key, and the measured floor."""

from __future__ import annotations

import pytest

from pipeline.copies import FIRST, LAST, MOST, MOST_BY_PHRASES, candidate_pairs, copies, copies_among, holders_of
from pipeline.duplicates import compare, compare_profiles, profile
from pipeline.fingerprint import text_keys

PARAGRAPHS = [
    "Wali kota meresmikan jembatan baru di atas Kali Biru yang menghubungkan dua kelurahan padat penduduk pagi ini.",
    "Jembatan sepanjang 120 meter itu dibangun selama sembilan bulan dengan biaya yang seluruhnya berasal dari daerah.",
    '"Anak-anak tidak perlu lagi memutar tiga kilometer untuk sampai ke sekolah," kata Lurah Tanjung, Siti Marwah.',
    "Petugas masih memasang lampu dan pagar pengaman di sisi timur sebelum jalan dibuka untuk kendaraan roda empat.",
    "Pemerintah kota berencana membangun dua jembatan serupa pada tahun depan di kawasan utara yang sering tergenang.",
]
WHOLE = "\n".join(PARAGRAPHS)
ANOTHER = (
    "Jembatan baru di atas Kali Biru sudah boleh dilewati. Lurah Tanjung Siti Marwah menyebut warga telah lama "
    "menunggu. Biaya sembilan bulan pembangunan ditanggung daerah, dan dua jembatan lain akan menyusul di utara."
)
FURNITURE = "\n".join(
    ["Masuk", "Bagikan ke teman", "Berlangganan buletin kami untuk kabar pagi setiap hari", "Terpopuler"]
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(WHOLE, "copy", id="the same"),
        pytest.param(WHOLE.replace("pagi ini", "Selasa pagi").replace("kata Lurah", "ujar Lurah"), "copy", id="edited"),
        pytest.param(f"{FURNITURE}\n{WHOLE}\nTerpopuler", "copy", id="in a page's furniture"),
        pytest.param(WHOLE.replace("\n", " "), "copy", id="without paragraphs"),
        pytest.param("\n".join(PARAGRAPHS[:3]), "abridged", id="the last paragraphs cut"),
        pytest.param("\n".join([PARAGRAPHS[0], PARAGRAPHS[3]]), "abridged", id="two paragraphs of five"),
    ],
)
def test_one_text(text: str, kind: str) -> None:
    found = compare(WHOLE, text)
    assert found is not None
    assert found.kind == kind
    assert found.sentences >= 0.8
    back = compare(text, WHOLE)
    assert back is not None
    assert (back.containment, back.jaccard) == (found.containment, found.jaccard)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ANOTHER, id="another report of the event"),
        pytest.param(f"{PARAGRAPHS[2]}\n{ANOTHER}", id="another report that shares a quotation"),
        pytest.param("Jembatan baru diresmikan.", id="a few words"),
        pytest.param("wali kota meresmikan jembatan baru di atas kali biru", id="a short run of its words"),
        pytest.param("", id="nothing"),
    ],
)
def test_not_one_text(text: str) -> None:
    assert compare(WHOLE, text) is None


def test_the_reason_says_how_much_is_in_common() -> None:
    whole, cut = compare(WHOLE, WHOLE), compare(WHOLE, "\n".join(PARAGRAPHS[:3]))
    assert whole is not None
    assert cut is not None
    assert whole.reason == "100 % of its sentences stand there too"
    assert cut.reason == "an abridged copy, 100 % of its sentences stand there too"


@pytest.mark.parametrize(
    ("body", "is_one"),
    [
        pytest.param("Halo, pembaca.", False, id="a greeting before a wall"),
        pytest.param("satu dua tiga empat lima enam tujuh", False, id="seven words"),
        pytest.param("Wali kota menutup pasar lama di tepi Kali Biru.", True, id="a whole sentence"),
        pytest.param("", False, id="nothing"),
        pytest.param("kata " * 200_000, True, id="a megabyte of one word"),
    ],
)
def test_equal_texts_are_one_unless_they_say_too_little(body: str, is_one: bool) -> None:
    assert (compare(body, body) is not None) is is_one


# In scripts without spaces characters are the tokens; each text has five sentences, its abridged copy two.
UNSPACED = {
    "Thai": "นายกเทศมนตรีเปิดสะพานใหม่ข้ามคลองสีฟ้าในเช้าวันนี้\nสะพานยาวหนึ่งร้อยเมตรใช้เวลาสร้างเก้าเดือนด้วยงบประมาณของเมือง\n"
    "เด็กนักเรียนไม่ต้องเดินอ้อมไกลสามกิโลเมตรอีกต่อไป\nเจ้าหน้าที่กำลังติดตั้งไฟและราวกันตกทางฝั่งตะวันออก\nเมืองจะสร้างสะพานแบบเดียวกันอีกสองแห่งในปีหน้า",
    "Lao": "ເຈົ້າຄອງນະຄອນເປີດຂົວໃໝ່ຂ້າມຄອງສີຟ້າໃນເຊົ້າມື້ນີ້\nຂົວຍາວໜຶ່ງຮ້ອຍແມັດໃຊ້ເວລາສ້າງເກົ້າເດືອນດ້ວຍງົບປະມານຂອງເມືອງ\n"
    "ນັກຮຽນບໍ່ຕ້ອງຍ່າງອ້ອມໄກສາມກິໂລແມັດອີກຕໍ່ໄປ\nພະນັກງານກຳລັງຕິດຕັ້ງໄຟແລະຮົ້ວກັນຕົກທາງຝັ່ງຕາເວັນອອກ\nເມືອງຈະສ້າງຂົວແບບດຽວກັນອີກສອງແຫ່ງໃນປີໜ້າ",
    "Khmer": "អភិបាលក្រុងបានសម្ពោធស្ពានថ្មីឆ្លងកាត់ព្រែកខៀវនៅព្រឹកនេះ\nស្ពានប្រវែងមួយរយម៉ែត្រត្រូវបានសាងសង់អស់រយៈពេលប្រាំបួនខែ\n"
    "សិស្សសាលាមិនចាំបាច់ដើរវាងឆ្ងាយបីគីឡូម៉ែត្រទៀតទេ\nមន្ត្រីកំពុងដំឡើងភ្លើងនិងបង្កាន់ដៃនៅខាងកើត\nក្រុងនឹងសាងសង់ស្ពានដូចគ្នាពីរទៀតនៅឆ្នាំក្រោយ",
    "Burmese": "မြို့တော်ဝန်သည် ချောင်းပြာပေါ်ရှိ တံတားသစ်ကို ယနေ့နံနက်တွင် ဖွင့်လှစ်ခဲ့သည်။\nတံတားသည် မီတာတစ်ရာရှည်ပြီး ကိုးလကြာ ဆောက်လုပ်ခဲ့ရသည်။\n"
    "ကျောင်းသားများ သုံးကီလိုမီတာ ပတ်လျှောက်ရန် မလိုတော့ပါ။\nဝန်ထမ်းများက အရှေ့ဘက်တွင် မီးနှင့် လက်ရန်းများ တပ်ဆင်နေသည်။\n"
    "မြို့တော်သည် နောက်နှစ်တွင် အလားတူတံတားနှစ်စင်း ဆောက်မည်။",
    "Chinese": "市长今天上午为横跨蓝河的新桥主持通车仪式。\n这座长一百米的桥历时九个月建成，费用全部由市政府承担。\n"
    "学生们上学再也不用绕行三公里的远路了。\n工作人员正在桥的东侧安装路灯和护栏。\n市政府计划明年在经常积水的北区再建两座同样的桥。",
}


@pytest.mark.parametrize("language", UNSPACED)
def test_copies_in_scripts_without_spaces(language: str) -> None:
    text = UNSPACED[language]
    lines = text.split("\n")
    texts = {1: text, 2: text.replace("\n", " "), 3: "\n".join(lines[:2]), 4: "".join(reversed(lines[3]))}
    texts |= {10 + n: other for n, (name, other) in enumerate(UNSPACED.items()) if name != language}
    found = copies(texts, holders_of({number: text_keys(one) for number, one in texts.items()}))
    kinds = {(link.a, link.b): link.similarity.kind for link in found}
    assert kinds == {(1, 2): "copy", (1, 3): "abridged", (2, 3): "abridged"}


# --- whose the two texts are -----------------------------------------------------------------------------------------

BACKGROUND = "\n".join(PARAGRAPHS[1:])
FOLLOW_UP = (
    f"Jembatan Kali Biru ditutup lagi sejak malam karena lampu sisi timur padam dan pagarnya dicuri.\n{BACKGROUND}"
)


@pytest.mark.parametrize(
    ("text", "within"),
    [
        pytest.param(WHOLE, "copy", id="put out once more"),
        pytest.param(WHOLE.replace("pagi ini", "Selasa pagi"), "copy", id="hardly edited"),
        pytest.param(FOLLOW_UP, None, id="a follow-up that carries the background along"),
        pytest.param("\n".join(PARAGRAPHS[:3]), None, id="an excerpt"),
        pytest.param(f"{WHOLE}\n{ANOTHER}\n{ANOTHER[::-1]}", None, id="a round-up of the day"),
    ],
)
def test_within_one_outlet_only_nearly_equal_texts_are_one(text: str, within: str | None) -> None:
    a, b = profile(WHOLE), profile(text)
    assert compare_profiles(a, b) is not None
    found = compare_profiles(a, b, one_outlet=True)
    assert (found and found.kind) == within


@pytest.mark.parametrize(
    ("outlets", "count"),
    [({}, 1), ({1: "a", 2: "b"}, 1), ({1: "a", 2: "a"}, 0), ({1: None, 2: None}, 1), ({1: "a"}, 1)],
)
def test_whose_they_are_is_heeded_where_it_is_known(outlets: dict[int, str | None], count: int) -> None:
    assert len(copies_among({1: WHOLE, 2: "\n".join(PARAGRAPHS[:3])}, [(1, 2)], outlets)) == count


# --- candidates ------------------------------------------------------------------------------------------------------


def test_copies_are_found_by_key() -> None:
    texts = {7: WHOLE, 3: "\n".join(PARAGRAPHS[1:4]), 5: ANOTHER, 4: ""}
    found = copies(texts, holders_of({number: text_keys(text) for number, text in texts.items()}))
    assert [(link.a, link.b, link.similarity.shorter) for link in found] == [(3, 7, "a")]


def test_a_pair_without_its_text_is_left_out() -> None:
    assert copies_among({1: WHOLE}, [(1, 2)]) == ()


def test_a_phrase_that_everybody_has_makes_no_candidates() -> None:
    everybody = range(10_000)
    assert candidate_pairs({5: ("w",)}, {"w": everybody}) == []
    assert candidate_pairs({5: ("v", "w", "x")}, {"v": everybody, "w": everybody, "x": range(5, 77)}) == []
    assert candidate_pairs({5: ("w", "x")}, {"w": everybody, "x": (5, 77)}) == [(5, 77)]


def test_a_text_that_many_printed_finds_its_first_prints() -> None:
    keys = [f"w{n}" for n in range(20)]
    everybody = range(0, 7_000, 10)
    found = candidate_pairs({35: keys}, dict.fromkeys(keys, everybody))
    assert len(found) == MOST_BY_PHRASES
    assert {a if b == 35 else b for a, b in found} == set(everybody[:MOST_BY_PHRASES])


def test_a_footer_of_thousands_hides_no_copy() -> None:
    footer = {f"f{n}": range(10_000) for n in range(40)}
    text = {f"t{n}": (3_000, 20_000) for n in range(2)}
    assert (3_000, 20_000) in candidate_pairs({20_000: [*footer, *text]}, {**footer, **text})


def test_an_article_has_at_most_so_many_candidates() -> None:
    keys = {f"{side}{n}": (n, 500) for n in range(400) for side in "ab"}
    assert len(candidate_pairs({500: list(keys)}, keys)) == MOST


def test_every_print_of_a_text_is_linked_with_another() -> None:
    count = 3 * (FIRST + LAST)
    texts = dict.fromkeys(range(count), WHOLE)
    keys = dict.fromkeys(range(count), text_keys(WHOLE))
    found = copies_among(texts, candidate_pairs(keys, holders_of(keys)))
    reached = {0}
    for _ in range(count):
        more = {n for link in found if reached & {link.a, link.b} for n in (link.a, link.b)}
        if more <= reached:
            break
        reached |= more
    assert reached == set(range(count))
    assert len(found) <= count * MOST
