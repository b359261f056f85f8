"""Which language a text is in: a table of our own sentences, and the labelled data."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import KlipingError
from pipeline.evaluate.language import evaluate_language
from pipeline.language import Guess, detect

SENTENCES = (
    ("id", "Gubernur mengatakan warga harus menunggu karena bus listrik baru tiba pada hari Senin."),
    ("id", "Pemprov DKI Jakarta akan membuka forum wali kota di kantor gubernur besok sore."),
    ("id", "Polisi menyebut kecelakaan mobil itu menewaskan tiga mahasiswa."),
    ("ms", "Datuk Bandar berkata penduduk perlu menunggu kerana bas elektrik baharu tiba pada hari Isnin."),
    ("ms", "Kerajaan negeri akan merasmikan pejabat baharu itu pada hari Khamis, kata beliau."),
    ("ms", "Polis memaklumkan kemalangan itu membabitkan sebuah kereta dan dua motosikal."),
    ("en", "The governor said residents would have to wait because the new buses arrive on Monday."),
    ("en", "Mayors from ten capitals agreed to share what they have learned about housing."),
    ("jv", "Gubernur ngendika yen warga kudu ngenteni amarga bis listrik anyar lagi teka dina Senen."),
    ("su", "Gubernur nyarios yén warga kedah ngantosan lantaran beus listrik anyar nembé datang dinten Senén."),
    ("tl", "Sinabi ng gobernador na kailangang maghintay ang mga residente dahil sa Lunes pa darating ang mga bus."),
    ("vi", "Thị trưởng cho biết người dân phải chờ vì xe buýt điện mới đến vào thứ Hai."),
    ("tet", "Governu hateten katak ema hotu tenke hein tanba karreta foun sei to'o iha loron segunda."),
    ("pt", "O governador disse que os moradores terão de esperar porque os novos ônibus chegam na segunda-feira."),
    ("th", "ผู้ว่าฯ กล่าวว่าประชาชนต้องรอเพราะรถเมล์ไฟฟ้าใหม่มาถึงวันจันทร์"),
    ("km", "អភិបាលមានប្រសាសន៍ថា ប្រជាជនត្រូវរង់ចាំ"),
    ("lo", "ເຈົ້າຄອງກ່າວວ່າປະຊາຊົນຕ້ອງລໍຖ້າ"),
    ("my", "မြို့တော်ဝန်က လူများ စောင့်ရမည်ဟု ပြောသည်။"),
    ("ta", "மக்கள் காத்திருக்க வேண்டும் என்று ஆளுநர் கூறினார்."),
    ("zh", "省长说，新巴士星期一到达，市民要等待。"),
    ("ja", "知事は新しいバスが月曜日に到着すると述べた。"),
    ("ko", "시장은 새 버스가 월요일에 도착한다고 말했다."),
    ("ru", "Мэр сообщил, что новые автобусы прибудут в понедельник."),
    ("fr", "Le gouverneur a déclaré que les habitants devaient attendre les nouveaux autobus jusqu'à lundi."),
)


@pytest.mark.parametrize(("language", "text"), SENTENCES, ids=[f"{one[0]}-{one[1][:15]}" for one in SENTENCES])
def test_detect_knows_the_languages_of_the_region(language: str, text: str) -> None:
    found = detect(text)
    assert found.language == language
    assert 0.5 < found.confidence <= 1.0


@pytest.mark.parametrize(
    "text", ["", " ", "2023", "1.200 – 45%", "😀😀", "?!…", "a", "ok", "\ud800", "https://a.example/b"]
)
def test_detect_says_when_it_does_not_know(text: str) -> None:
    assert detect(text).language is None


def test_detect_keeps_the_language_of_the_body_around_a_quotation() -> None:
    body = (
        "Gubernur membuka forum itu di Balai Kota pada Selasa pagi. Tema forum tahun ini adalah “Catalysing Regional "
        "Growth through Sustainable Development in ASEAN Cities”. Para delegasi kemudian meninjau stasiun kereta."
    )
    assert detect(body).language == "id"


def test_detect_reads_decomposed_letters() -> None:
    assert (
        detect("Moi ngu\u031bo\u031b\u0300i đê\u0300u co\u0301 quyê\u0300n đu\u031bo\u031b\u0323c sô\u0301ng.").language
        == "vi"
    )


def test_detect_mixed_scripts_by_their_share() -> None:
    assert detect("ที่ประชุม ASEAN Mayors Forum เปิดขึ้นแล้ววันนี้ที่กรุงเทพมหานคร").language == "th"
    assert detect("The forum was opened in Bangkok (กรุงเทพ) by the governor of the city.").language == "en"


def test_detect_lets_the_prior_tip_a_balance() -> None:
    undecided = "Ayah saya guru."
    assert detect(undecided, "ms").language == "ms"
    assert detect(undecided, "id").language == "id"


def test_detect_lets_evidence_beat_the_prior() -> None:
    assert detect(SENTENCES[0][1], "ms").language == "id"
    assert detect(SENTENCES[3][1], "id").language == "ms"
    assert detect(SENTENCES[6][1], "id").language == "en"
    assert detect(SENTENCES[14][1], "id").language == "th"


def test_detect_is_the_same_in_every_process() -> None:
    texts = [text for _, text in SENTENCES] + ["rapat kota", "smart city award", "makan"]
    code = "import json,sys; from pipeline.language import detect; print([detect(t) for t in json.load(sys.stdin)])"
    run = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(texts), text=True, capture_output=True, check=True
    )
    assert run.stdout == f"{[detect(text) for text in texts]}\n"


@settings(deadline=None)  # the models are loaded on first use
@given(st.text(alphabet=st.characters(), max_size=300))
def test_detect_never_raises(text: str) -> None:
    found = detect(text)
    assert isinstance(found, Guess)
    assert 0.0 <= found.confidence <= 1.0


@settings(deadline=None)  # the models are loaded on first use
@given(st.text(alphabet=st.characters(categories=["Cs", "Co", "Cc", "Mn", "Lo", "Ll"]), max_size=60))
def test_detect_never_raises_on_surrogates_and_marks(text: str) -> None:
    assert detect(text) == detect(text)


def test_evaluate_language_scores_and_writes_predictions(tmp_path: Path) -> None:
    data = tmp_path / "data.jsonl"
    data.write_text(
        "".join(json.dumps({"text": text, "lang": language, "kind": "sent"}) + "\n" for language, text in SENTENCES[:8])
    )
    steps: list[tuple[int, int]] = []
    report = evaluate_language(data, tmp_path / "out.jsonl", lambda done, total: steps.append((done, total)))
    accuracy, confidence, cost = report.tables
    assert accuracy.title == "accuracy: sent"
    assert accuracy.columns == ("language", "texts", "learned from", "kliping", "langdetect", "py3langid")
    assert [row[:4] for row in accuracy.rows] == [("en", 2, 0.0, 1.0), ("id", 3, 0.0, 1.0), ("ms", 3, 0.0, 1.0)]
    assert accuracy.rows[2][4] == 0.0  # langdetect has no Malay
    assert confidence.rows
    assert [row[0] for row in cost.rows] == ["kliping", "langdetect", "py3langid"]
    assert cost.columns[2] == "of langdetect's"
    assert cost.rows[1][2] == 1.0
    assert steps[-1] == (8, 8)
    written = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [one["lang"] for one in written] == [language for language, _ in SENTENCES[:8]]
    assert all(0 < one["confidence"] <= 1 for one in written)


def test_evaluate_language_scores_other_programs_answers(tmp_path: Path) -> None:
    data, other = tmp_path / "data.jsonl", tmp_path / "other.jsonl"
    rows = (("flores/ind_Latn", *SENTENCES[0]), ("dslcc/2014", *SENTENCES[1]), ("dslcc/2014", *SENTENCES[3]))
    data.write_text("".join(json.dumps({"text": text, "lang": lang, "src": src}) + "\n" for src, lang, text in rows))
    other.write_text('{"lang": "id", "confidence": 0.9}\n{"lang": null}\n{"lang": "id", "confidence": 0.7}\n')
    accuracy, *confidences, _ = evaluate_language(data, None, against=(other,)).tables
    assert accuracy.columns[2:5] == ("learned from", "kliping", "other")
    assert [row[:5] for row in accuracy.rows] == [("id", 2, 0.5, 1.0, 0.5), ("ms", 1, 0.0, 1.0, 0.0)]
    assert [table.title for table in confidences] == ["confidence (kliping)", "confidence (other)"]
    assert [row[:2] for row in confidences[1].rows] == [(0.7, 1), (0.9, 1)]


def test_evaluate_language_wants_an_answer_for_every_text(tmp_path: Path) -> None:
    data, other = tmp_path / "data.jsonl", tmp_path / "other.jsonl"
    data.write_text('{"text": "a", "lang": "id"}\n{"text": "b", "lang": "id"}\n')
    other.write_text('{"lang": "id"}\n')
    with pytest.raises(KlipingError, match="1 predictions for 2 texts"):
        evaluate_language(data, None, against=(other,))


def test_evaluate_language_without_labels_gives_predictions_only(tmp_path: Path) -> None:
    data = tmp_path / "data.jsonl.gz"
    with gzip.open(data, "wt", encoding="utf-8") as out:
        out.write('{"text": "2023"}\n\n')
    report = evaluate_language(data, tmp_path / "out.jsonl")
    assert [table.title for table in report.tables] == ["cost"]
    assert (tmp_path / "out.jsonl").read_text() == '{"lang": null, "confidence": 0.0}\n'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"text": "a"}\n{"text"', "line 2: not JSON"),
        ('{"lang": "id"}\n', "line 1: text"),
        ("[1]\n", "line 1: "),
    ],
)
def test_evaluate_language_names_the_bad_line(tmp_path: Path, content: str, message: str) -> None:
    data = tmp_path / "data.jsonl"
    data.write_text(content)
    with pytest.raises(KlipingError, match=message):
        evaluate_language(data, None)


def test_evaluate_language_names_what_it_cannot_read_or_write(tmp_path: Path) -> None:
    with pytest.raises(KlipingError, match="cannot be read"):
        evaluate_language(tmp_path / "absent.jsonl", None)
    (tmp_path / "bad.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(KlipingError, match="cannot be read"):
        evaluate_language(tmp_path / "bad.jsonl.gz", None)
    data = tmp_path / "data.jsonl"
    data.write_text('{"text": "2023"}\n')
    with pytest.raises(KlipingError, match="cannot be written"):
        evaluate_language(data, tmp_path)
