"""People in scripts without capitals: Thai, Lao, Khmer, Burmese, Han, Tamil. A title or an office tells a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from pipeline.people.candidates import Candidate
from pipeline.people.lists import Kind
from pipeline.people.roles import Role
from pipeline.people.scene import Scene
from pipeline.people.shapes import Office

_ANY = re.compile("[\u0b80-\u0bff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff]")
_THAI = "[\u0e01-\u0e3a\u0e40-\u0e4e]"
_LAO = "[\u0e81-\u0eb9\u0ebb-\u0ecd\u0edc\u0edd]"
_KHMER = "[\u1780-\u17d3]"
_BURMESE = "[\u1000-\u1049\u1050-\u109f]"
_TAMIL = "[\u0b80-\u0be3]"
_HAN = "[\u3400-\u9fff]"
_TITLED = re.compile(  # a title, then a name of two words; Burmese ones are one, ended by a particle
    rf"(?:(?<!{_THAI})|(?<=โดย)|(?<=มี)|(?<=และ)|(?<=กับ)|(?<=ของ)|(?<=นคร)|(?<=จังหวัด))"
    r"(?:(?:ศ\.|รศ\.|ผศ\.)?(?:ดร\.|นพ\.|พญ\.)|พล\.?ต?\.?[อทต]\.[อทต]?\.?|พ\.ต\.[อทต]\."
    r"|นางสาว|น\.ส\.|นาง|คุณหญิง|คุณ|ม\.ร\.ว\.|ม\.ล\."
    rf"|นาย(?!ก|อำเภอ|จ้าง|ทะเบียน|ทุน)) ?(?P<thai>{_THAI}{{2,16}} {_THAI}{{2,18}})(?!{_THAI})"
    rf"|(?:ທ່ານ ?(?:ນາງ|ປອ\.?|ດຣ\.?|ພົນ{_LAO}{{2,4}})?|ນາງ|ທ້າວ) ?(?P<lao>{_LAO}{{2,24}} {_LAO}{{2,24}})(?!{_LAO})"
    rf"|(?:លោកជំទាវ|លោកស្រី|លោក|ឯកឧត្តម|សម្តេច{_KHMER}{{0,12}}) ?"
    rf"(?P<khmer>{_KHMER}{{2,16}} {_KHMER}{{2,20}})(?!{_KHMER})"
    r"|(?<![\u1040-\u1049])(?<![\u1040-\u1049] )(?:ဦး(?!ဆောင်|စီး|ရေ|တည်|စား|စွာ|မှ|တွင်|ထိ|မည်|အား|ကို)|ဒေါ်|ဒေါက်တာ ?)"
    rf"(?P<burmese>{_BURMESE}{{3,30}}?)"
    r"(?=က(?:[\s၊]|ပြော|ဆို|ဖွင့်)|၏|သည်|နှင့်|နဲ့|\s|၊|။|$)"
    rf"|(?:திருமதி|திரு|டத்தோ ஸ்ரீ|டான் ஸ்ரீ|டத்தோ|டாக்டர்)\.? (?P<tamil>{_TAMIL}{{2,20}}(?: {_TAMIL}{{2,20}})?)"
)
_BURMESE_BEFORE = re.compile(rf"{_BURMESE}$")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹"
    "薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧葉蘇魏呂盧鍾譚陸龍賴赖温翁颜颜庄莊倪刘"
)
_SAYS = (
    "说|說|表示|指出|强调|強調|称|稱|透露|宣布|认为|認為|出席|呼吁|呼籲|致辞|主持|告诉|補充|补充|介绍|感谢|欢迎|坦言"
)
_HAN_NAME = re.compile(
    rf" ?(?P<name>{_HAN}{{1,6}}(?:·{_HAN}{{1,6}}?){{1,3}}|[{_SURNAMES}]{_HAN}{{1,2}}?|{_HAN}{{2,6}}?)"
    rf"(?P<end>(?:今天|昨天|今日|昨日|周.|星期.|也|则|还|日前)?(?:{_SAYS})|[，。、（(：；\s”」]|在|与|和|将|于|於|的|对|向|及|会|是|等|$)"
)
_TAMIL_NAME = re.compile(rf" (?P<name>{_TAMIL}{{2,20}}(?: {_TAMIL}{{2,20}})?)")
_TAMIL_VERBS = ("தார்", "னார்", "றார்", "ினர்", "ட்டார்")
_ROLE_BEHIND = re.compile(r" ?[^\s,，。]{0,60}")
_MOST = 500  # titles, offices, and places of one name, that are looked at
_LONGEST_ROLE = 70  # characters between an office and the title of its holder


def unspaced_candidates(scene: Scene, start: int, end: int) -> list[Candidate]:
    """Those between two places of the text, in order; none in a text of Latin script."""
    if _ANY.search(scene.text, start, end) is None:
        return []
    found = [*_titled(scene, start, end), *_behind_offices(scene, start, end)]
    taken: list[Candidate] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not taken or one.start >= taken[-1].end:
            taken.append(one)
    return [*taken, *_again(scene, taken, end)]


def _titled(scene: Scene, start: int, end: int) -> Iterator[Candidate]:
    for found in islice(_TITLED.finditer(scene.text, start, end), _MOST):
        script = found.lastgroup or ""
        if script == "burmese" and _BURMESE_BEFORE.search(scene.text[found.start() - 1 : found.start()]):
            head = _office_ending(scene, found.start())
            if head is None:
                continue
        first, last = found.span(script)
        first, last = _without_verb(scene.text, first, last)
        yield _candidate(scene, first, last, _role_of(scene, found.start(), last))


def _without_verb(text: str, first: int, last: int) -> tuple[int, int]:
    """A Tamil name without the verb behind it."""
    name = text[first:last]
    lead, _, word = name.rpartition(" ")
    return (first, first + len(lead)) if lead and word.endswith(_TAMIL_VERBS) else (first, last)


def _role_of(scene: Scene, title: int, last: int) -> Role | None:
    """The office that stands just before the title, or just behind the name."""
    behind = scene.heads.get(last + 1)
    if behind is not None and behind.term.kind is Kind.OFFICE:
        printed = _ROLE_BEHIND.match(scene.text, behind.start)
        return _role(scene, behind.start, printed.end() if printed else behind.end, behind.term.office)
    lead = scene.text.rfind("\n", 0, title) + 1
    for place in range(title - 1, max(lead, title - _LONGEST_ROLE) - 1, -1):
        head = scene.heads.get(place)
        if head is not None and head.term.kind is Kind.OFFICE and " " not in scene.text[head.end : title].strip():
            return _role(scene, _with_place(scene, head.start), title, head.term.office)
    return None


def _office_ending(scene: Scene, place: int) -> Office | None:
    for start in range(place - 1, max(0, place - _LONGEST_ROLE), -1):
        head = scene.heads.get(start)
        if head is not None and head.end == place:
            return head.term.office
    return None


def _role(scene: Scene, start: int, end: int, office: Office | None) -> Role:
    text = scene.text[start:end].rstrip()
    return Role(
        start, start + len(text), office, _place_in(scene, start, start + len(text)), None, general=False, bare=False
    )


def _place_in(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    """The longest place known whose name stands in the role."""
    for length in range(min(end - start, 24), 1, -1):
        for place in range(start, end - length + 1):
            if scene.text[place : place + length] in scene.lists.unspaced_places:
                return place, place + length
    return None


def _with_place(scene: Scene, start: int) -> int:
    """Where the role begins with the place before it: "雅加达省长"."""
    for length in (8, 7, 6, 5, 4, 3, 2):
        if scene.text[start - length : start] in scene.lists.unspaced_places:
            return start - length
    return start


def _behind_offices(scene: Scene, start: int, end: int) -> Iterator[Candidate]:
    """ "雅加达省长阿尼斯表示", "மேயர் பிரியா ராஜன்"."""
    for place, head in sorted(scene.heads.items())[:_MOST]:
        if not start <= place < end or head.term.kind is not Kind.OFFICE:
            continue
        last = scene.text[head.end - 1]
        found = _HAN_NAME.match(scene.text, head.end) if "\u3400" <= last <= "\u9fff" else None
        if found is not None and not _is_han_name(found):
            continue
        if "\u0b80" <= last <= "\u0bff":
            found = _TAMIL_NAME.match(scene.text, head.end)
        if found is None or found.end() > end:
            continue
        first, until = _without_verb(scene.text, *found.span("name"))
        if not scene.text[first:until].endswith(_TAMIL_VERBS):
            yield _candidate(scene, first, until, _role(scene, _with_place(scene, place), head.end, head.term.office))


def _is_han_name(found: re.Match[str]) -> bool:
    """By its surname or the dots in it; else what follows must be a verb of saying."""
    name = found["name"]
    known = "·" in name or (name[0] in _SURNAMES and len(name) <= 3)
    return known or re.search(_SAYS, found["end"]) is not None


def _candidate(scene: Scene, start: int, end: int, role: Role | None) -> Candidate:
    return Candidate(start, end, tuple(scene.text[start:end].split()), role, sure=True)


def _again(scene: Scene, found: list[Candidate], until: int) -> Iterator[Candidate]:
    """The places where the text prints a name in full again."""
    starts = [one.start for one in found]  # none overlaps another
    for name in dict.fromkeys(scene.text[one.start : one.end] for one in found):
        place = scene.text.find(name, 0, until) if len(name) > 2 else -1
        for _ in range(_MOST):
            if place < 0:
                break
            near = found[max(0, bisect_right(starts, place) - 1) :][:2]
            if not any(one.start < place + len(name) and one.end > place for one in near):
                yield _candidate(scene, place, place + len(name), None)
            place = scene.text.find(name, place + len(name), until)
