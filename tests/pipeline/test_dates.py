"""Printed dates of the region as instants."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pipeline.dates import parse

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 20, 19, 0, tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        # machine-readable
        ("2026-11-05T14:56:43+07:00", "2026-11-05T14:56:43+07:00"),
        ("2026-11-05T07:56:43Z", "2026-11-05T07:56:43+00:00"),
        ("2026-11-05T10:00:00.123456Z", "2026-11-05T10:00:00+00:00"),
        ("2026-11-05 T10:08:58Z", "2026-11-05T10:08:58+00:00"),
        ("2026-11-05T20-59-53Z", "2026-11-05T20:59:53+00:00"),
        ("2026/11/05 20:59:53", "2026-11-05T20:59:53+07:00"),
        ("Thu, 05 Nov 2026 15:08:01 +0700", "2026-11-05T15:08:01+07:00"),
        ("Thu, 05 Nov 2026 15:08:01 GMT", "2026-11-05T15:08:01+00:00"),
        ("2026-11-05T14:31:00-03:30", "2026-11-05T14:31:00-03:30"),
        ("1762330000", "2025-11-05T08:06:40+00:00"),
        # Indonesian, three zones
        ("Kamis, 5 November 2026 14:56 WIB | 1.229 Views", "2026-11-05T14:56:00+07:00"),
        ("Kamis, 5 November 2026 - 08:00 WIB", "2026-11-05T08:00:00+07:00"),
        ("Kamis , 05 November 2026 | 21:04 WIT", "2026-11-05T21:04:00+09:00"),
        ("12 Des 2026 08.00 WITA", "2026-12-12T08:00:00+08:00"),
        ("5 Desember 2026", "2026-12-05T00:00:00+07:00"),
        ("Jum'at, 6 Nov 2026 | 19.05", "2026-11-06T19:05:00+07:00"),
        ("Selasa, 3 November 2026 pukul 9.05", "2026-11-03T09:05:00+07:00"),
        ("on 16 Nov 2026 at 09:10 WIB", "2026-11-16T09:10:00+07:00"),
        # English, Malay, Tagalog, Vietnamese, Thai, Burmese, Chinese
        ("November 17, 2026 14:31 GMT+700", "2026-11-17T14:31:00+07:00"),
        ("Nov. 22, 2026, 4:55 p.m.", "2026-11-22T16:55:00+07:00"),
        ("5 Disember 2026, 2.30 ptg", "2026-12-05T14:30:00+07:00"),
        ("Disyembre 5, 2026 12:05 AM", "2026-12-05T00:05:00+07:00"),
        ("Thứ tư, 22/10/2025, 19:25 (GMT+7)", "2025-10-22T19:25:00+07:00"),
        ("ngày 5 tháng 12 năm 2026", "2026-12-05T00:00:00+07:00"),
        ("5 พ.ย. 2569 14:56 น.", "2026-11-05T14:56:00+07:00"),
        ("๕ ธันวาคม ๒๕๖๙ เวลา 08.30 น.", "2026-12-05T08:30:00+07:00"),
        ("26 အောက်တိုဘာ 2018", "2018-10-26T00:00:00+07:00"),
        ("2026年12月5日 08:00", "2026-12-05T08:00:00+07:00"),
        # numeric, and an order that can only be the other one
        ("05/11/2026 14:00", "2026-11-05T14:00:00+07:00"),
        ("11/22/2026", "2026-11-22T00:00:00+07:00"),
        # relative
        ("20 menit lalu", "2026-11-20T18:40:00+07:00"),
        ("2 jam yang lalu", "2026-11-20T17:00:00+07:00"),
        ("sejam lalu", "2026-11-20T18:00:00+07:00"),
        ("an hour ago", "2026-11-20T18:00:00+07:00"),
        ("kemarin 14:05", "2026-11-19T14:05:00+07:00"),
        ("3 hari lalu", "2026-11-17T00:00:00+07:00"),
        ("5 phút trước", "2026-11-20T18:55:00+07:00"),
    ],
)
def test_parse_of_a_printed_date(text: str, instant: str) -> None:
    found = parse(text, JAKARTA, now=NOW)
    assert found is not None
    assert found.when.isoformat() == instant


@pytest.mark.parametrize(
    ("text", "zone", "instant"),
    [
        ("22 Nov 2024, 9:15 AM MYT", "Asia/Jakarta", "2024-11-22T09:15:00+08:00"),
        ("Nov 21 2026 | 9:15 PM", "Asia/Jakarta", "2026-11-21T21:15:00+07:00"),
        ("Thứ ba, 22/10/2025, 08:30 (GMT+7)", "Asia/Jakarta", "2025-10-22T08:30:00+07:00"),
        ("៥ ធ្នូ ២០២៦ ម៉ោង ២:៣០ រសៀល", "Asia/Phnom_Penh", "2026-12-05T14:30:00+07:00"),
        ("៥ ធ្នូ ២០២៦ ម៉ោង ២ និង ៣០ នាទីរសៀល", "Asia/Phnom_Penh", "2026-12-05T14:30:00+07:00"),
        ("៥ ធ្នូ ២០២៦ ម៉ោង ២ និង ៣០ នាទី រសៀល", "Asia/Phnom_Penh", "2026-12-05T14:30:00+07:00"),
        ("2026年12月5日 下午2:30", "Asia/Singapore", "2026-12-05T14:30:00+08:00"),
        ("二〇二六年十二月五日 14:30", "Asia/Singapore", "2026-12-05T14:30:00+08:00"),
        ("二零二六年十二月三十一日", "Asia/Singapore", "2026-12-31T00:00:00+08:00"),
        ("2026年12月5日 星期六 晚上12时", "Asia/Singapore", "2026-12-05T00:00:00+08:00"),
        ("5 Desember 2026 pukul 24.00 WIB", "Asia/Jakarta", "2026-12-06T00:00:00+07:00"),
        ("5 Desember 2026 24:00", "Asia/Jakarta", "2026-12-06T00:00:00+07:00"),
        ("31 Desember 2026 24:00 WIB", "Asia/Jakarta", "2027-01-01T00:00:00+07:00"),
        ("5 Dec 2026 12:00 AM", "Asia/Jakarta", "2026-12-05T00:00:00+07:00"),
        ("5 Dec 2026 12:00 PM", "Asia/Jakarta", "2026-12-05T12:00:00+07:00"),
        ("5 Dec 2026 12 noon", "Asia/Jakarta", "2026-12-05T12:00:00+07:00"),
        ("5 Dec 2026 12 midnight", "Asia/Jakarta", "2026-12-05T00:00:00+07:00"),
        ("5 Dec 2026 12:30 a.m.", "Asia/Jakarta", "2026-12-05T00:30:00+07:00"),
        ("5 Dec 2026 at 2pm", "Asia/Jakarta", "2026-12-05T14:00:00+07:00"),
        ("December 5, 2026, 2 PM", "Asia/Jakarta", "2026-12-05T14:00:00+07:00"),
        ("5 Desember 2026, jam 11 siang", "Asia/Jakarta", "2026-12-05T11:00:00+07:00"),
        ("5 Desember 2026, jam 1 siang", "Asia/Jakarta", "2026-12-05T13:00:00+07:00"),
        ("5 Desember 2026 pukul 7 malam", "Asia/Jakarta", "2026-12-05T19:00:00+07:00"),
        ("5 Desember 2026 pukul 3 sore", "Asia/Jakarta", "2026-12-05T15:00:00+07:00"),
        ("5 Desember 2026 pukul 8 pagi", "Asia/Jakarta", "2026-12-05T08:00:00+07:00"),
        ("5 Desember 2026 pukul 02.30 dini hari", "Asia/Jakarta", "2026-12-05T02:30:00+07:00"),
        ("5 Desember 2026 pukul 20.00 malam", "Asia/Jakarta", "2026-12-05T20:00:00+07:00"),
        ("5 Disember 2026, 12.30 tengah hari", "Asia/Kuala_Lumpur", "2026-12-05T12:30:00+08:00"),
        ("5 Disember 2026, 12.30 tengah malam", "Asia/Kuala_Lumpur", "2026-12-05T00:30:00+08:00"),
        ("5 Disember 2026 - 8:15am", "Asia/Kuala_Lumpur", "2026-12-05T08:15:00+08:00"),
        ("Disyembre 5, 2026 alas-8 ng umaga", "Asia/Manila", "2026-12-05T08:00:00+08:00"),
        ("Disyembre 5, 2026, 2:30 ng hapon", "Asia/Manila", "2026-12-05T14:30:00+08:00"),
        ("Disyembre 5, 2026, 9:30 ng gabi", "Asia/Manila", "2026-12-05T21:30:00+08:00"),
        ("Dec 5, 2026 12:00 NN", "Asia/Manila", "2026-12-05T12:00:00+08:00"),
        ("Dec 5, 2026 2:30 PM PST", "Asia/Manila", "2026-12-05T14:30:00+08:00"),
        ("Dec 5, 2026 2:30 PM PST", "Asia/Jakarta", "2026-12-05T14:30:00-08:00"),
        ("Dec 5, 2026 2:30 PM EST", "Asia/Jakarta", "2026-12-05T14:30:00-05:00"),
        ("5 December 2026 1430 hrs", "Asia/Singapore", "2026-12-05T14:30:00+08:00"),
        ("5 December 2026 1430H", "Asia/Manila", "2026-12-05T14:30:00+08:00"),
        ("5 ธ.ค. 69 14:30 น.", "Asia/Bangkok", "2026-12-05T14:30:00+07:00"),
        ("5 ธ.ค. 2569 | 14.30 น.", "Asia/Bangkok", "2026-12-05T14:30:00+07:00"),
        ("๕ ธันวาคม ๒๕๖๙ เวลา 14.30 น.", "Asia/Bangkok", "2026-12-05T14:30:00+07:00"),
        ("วันเสาร์ที่ 5 ธันวาคม พุทธศักราช 2569 บ่าย 2:30", "Asia/Bangkok", "2026-12-05T14:30:00+07:00"),
        ("5 ธันวาคม 2569 บ่าย 2 โมง", "Asia/Bangkok", "2026-12-05T14:00:00+07:00"),
        ("29 กุมภาพันธ์ 2567", "Asia/Bangkok", "2024-02-29T00:00:00+07:00"),
        ("05/12/2569 14:30", "Asia/Bangkok", "2026-12-05T14:30:00+07:00"),
        ("05/12/69 14:30", "Asia/Bangkok", "2026-12-05T14:30:00+07:00"),
        ("05/12/26 14:30", "Asia/Bangkok", "2026-12-05T14:30:00+07:00"),
        ("၅ ဒီဇင်ဘာ ၂၀၂၆", "Asia/Yangon", "2026-12-05T00:00:00+06:30"),
        ("၂၀၂၆ ခုနှစ် ဒီဇင်ဘာလ ၅ ရက် ညနေ ၂:၃၀", "Asia/Yangon", "2026-12-05T14:30:00+06:30"),
        ("၂၀၂၆ ခုနှစ်၊ ဒီဇင်ဘာလ ၅ ရက်နေ့ နံနက် ၈ နာရီခွဲ", "Asia/Yangon", "2026-12-05T08:30:00+06:30"),
        ("5 December 2026 14:30 MMT", "Asia/Jakarta", "2026-12-05T14:30:00+06:30"),
        ("5 Dezembru 2026 14:30 TLT", "Asia/Jakarta", "2026-12-05T14:30:00+09:00"),
        ("5 de dezembro de 2026, 2h30 da tarde", "Asia/Dili", "2026-12-05T14:30:00+09:00"),
        ("05 dez 2026 14h30", "Asia/Dili", "2026-12-05T14:30:00+09:00"),
        ("Thứ Bảy, 05/12/2026 14:30 PM", "Asia/Ho_Chi_Minh", "2026-12-05T14:30:00+07:00"),
        ("14:30 - 05/12/2026", "Asia/Ho_Chi_Minh", "2026-12-05T14:30:00+07:00"),
        ("05/12/2026 | 14:30 GMT+7", "Asia/Ho_Chi_Minh", "2026-12-05T14:30:00+07:00"),
        ("5/12/2026 14:30 UTC+07.00", "Asia/Jakarta", "2026-12-05T14:30:00+07:00"),
        ("5/12/2026 14:30 (UTC+7)", "Asia/Jakarta", "2026-12-05T14:30:00+07:00"),
        ("5/12/2026 14:30 UTC +7", "Asia/Jakarta", "2026-12-05T14:30:00+07:00"),
        ("2 giờ 30 chiều ngày 5/12/2026", "Asia/Ho_Chi_Minh", "2026-12-05T14:30:00+07:00"),
        ("11h trưa 5/12/2026", "Asia/Ho_Chi_Minh", "2026-12-05T11:00:00+07:00"),
        ("1h trưa ngày 5/12/2026", "Asia/Ho_Chi_Minh", "2026-12-05T13:00:00+07:00"),
        ("Kamis, 5 November 2026 14:56 Wita", "Asia/Jakarta", "2026-11-05T14:56:00+08:00"),
        ("Sabtu 5 Des 2026 14:56 WIT", "Asia/Jakarta", "2026-12-05T14:56:00+09:00"),
        ("Rabu 1st Jan 2026", "Asia/Jakarta", "2026-01-01T00:00:00+07:00"),
        ("The 3rd of March, 2026", "Asia/Jakarta", "2026-03-03T00:00:00+07:00"),
        ("2026-11-05T14:56:43.123+0700", "Asia/Jakarta", "2026-11-05T14:56:43+07:00"),
        ("2026-11-05 14:56:43.000000", "Asia/Jakarta", "2026-11-05T14:56:43+07:00"),
        ("2026-11-05T14:56+07", "Asia/Jakarta", "2026-11-05T14:56:00+07:00"),
        ("Thu Nov 05 2026 15:08:01 GMT+0700 (WIB)", "Asia/Jakarta", "2026-11-05T15:08:01+07:00"),
        ("Thu Nov  5 15:08:01 WIB 2026", "Asia/Jakarta", "2026-11-05T15:08:01+07:00"),
        ("Thu, 5 Nov 2026 15:08:01 EST", "Asia/Jakarta", "2026-11-05T15:08:01-05:00"),
        ("Thursday, November 5, 2026 3:08:01 PM UTC", "Asia/Jakarta", "2026-11-05T15:08:01+00:00"),
        ("1762330000000", "Asia/Jakarta", "2025-11-05T08:06:40+00:00"),
        ("5 Nop 2026", "Asia/Jakarta", "2026-11-05T00:00:00+07:00"),
        ("Jum’at, 6 Nopember 2026", "Asia/Jakarta", "2026-11-06T00:00:00+07:00"),
        ("18/06/2025, 21:35 WIB", "Asia/Jakarta", "2025-06-18T21:35:00+07:00"),
        (", Jurnalis-Rabu, 18 Juni 2025 |20:27 WIB", "Asia/Jakarta", "2025-06-18T20:27:00+07:00"),
        ("Rabu   18 Jun 2025  22:02 WIB", "Asia/Jakarta", "2025-06-18T22:02:00+07:00"),
        ("22 Februari 2018 | 09.19 WIB", "Asia/Jakarta", "2018-02-22T09:19:00+07:00"),
        ("Selasa, 15 Januari 2023 - 08:00 WIB", "Asia/Jakarta", "2023-01-15T08:00:00+07:00"),
        ("Selasa, 15 Januari 2023 - 08:00:59 WIB", "Asia/Jakarta", "2023-01-15T08:00:59+07:00"),
        ("Sat, 11/12/2026", "Asia/Jakarta", "2026-12-11T00:00:00+07:00"),
        ("Thursday, 11/12/2026", "Asia/Jakarta", "2026-11-12T00:00:00+07:00"),
        ("5 DESEMBER 2026 14:30 WIB", "Asia/Jakarta", "2026-12-05T14:30:00+07:00"),
        ("５ Desember ２０２６", "Asia/Jakarta", "2026-12-05T00:00:00+07:00"),
        ("5 Desember 2026 (14:30 WIB)", "Asia/Jakarta", "2026-12-05T14:30:00+07:00"),
        ("Jakarta, 5/12/2026 (14.30)", "Asia/Jakarta", "2026-12-05T14:30:00+07:00"),
        ("5 Desember 2026 @14:30", "Asia/Jakarta", "2026-12-05T14:30:00+07:00"),
        ("Dec. 5, 2026 2:30 p.m. ET", "Asia/Jakarta", "2026-12-05T14:30:00+07:00"),
        ("2:30 PM, Sat 5 Dec 2026", "Asia/Jakarta", "2026-12-05T14:30:00+07:00"),
        ("ວັນທີ 5 ທັນວາ 2026 ເວລາ 14:30 ໂມງ", "Asia/Vientiane", "2026-12-05T14:30:00+07:00"),
        ("5 ທັນວາ 2026, ຕອນບ່າຍ 2:30", "Asia/Vientiane", "2026-12-05T14:30:00+07:00"),
        ("5 டிசம்பர் 2026 மாலை 4.30 மணி", "Asia/Singapore", "2026-12-05T16:30:00+08:00"),
        ("Diterbitkan 5 Des 2026, 14:30 | 3 menit baca", "Asia/Jakarta", "2026-12-05T14:30:00+07:00"),
        ("5 Des 2026 14:30 WIB | 12:45 durasi", "Asia/Jakarta", "2026-12-05T14:30:00+07:00"),
        ("Kamis, 5 November 2015 14:56 WIB | 1.229 Views", "Asia/Jakarta", "2015-11-05T14:56:00+07:00"),
        ("5 November 2015 | 1.229 Views", "Asia/Jakarta", "2015-11-05T00:00:00+07:00"),
        ("5 November 2015 | 45:30", "Asia/Jakarta", "2015-11-05T00:00:00+07:00"),
        ("5 November 2015 12.29 Views", "Asia/Jakarta", "2015-11-05T00:00:00+07:00"),
        ("20261105T145643+0700", "Asia/Jakarta", "2026-11-05T14:56:43+07:00"),
        ("5-Dec-26", "Asia/Jakarta", "2026-12-05T00:00:00+07:00"),
        ("Dec-05-2026", "Asia/Jakarta", "2026-12-05T00:00:00+07:00"),
        ("5th December, 2026", "Asia/Jakarta", "2026-12-05T00:00:00+07:00"),
        ("1º de dezembro de 2026", "Asia/Dili", "2026-12-01T00:00:00+09:00"),
    ],
)
def test_parse_in_the_zone_of_its_country(text: str, zone: str, instant: str) -> None:
    found = parse(text, ZoneInfo(zone))
    assert found is not None
    assert found.when.isoformat() == instant


@pytest.mark.parametrize(
    ("text", "instant", "precision"),
    [
        # Indonesian, Malay
        ("baru saja", "2026-11-20T19:00", "minute"),
        ("20 menit lalu", "2026-11-20T18:40", "minute"),
        ("2 jam yang lalu", "2026-11-20T17:00", "hour"),
        ("1 jam 20 menit yang lalu", "2026-11-20T17:40", "minute"),
        ("3 hari lalu", "2026-11-17T00:00", "day"),
        ("2 minggu lalu", "2026-11-06T00:00", "week"),
        ("2 bulan lalu", "2026-09-21T00:00", "month"),
        ("setahun lalu", "2025-11-20T00:00", "year"),
        ("kemarin", "2026-11-19T00:00", "day"),
        ("Hari ini, 08:15", "2026-11-20T08:15", "minute"),
        ("5 minit lalu", "2026-11-20T18:55", "minute"),
        ("2 jam yang lepas", "2026-11-20T17:00", "hour"),
        ("semalam 21:30", "2026-11-19T21:30", "minute"),
        # English
        ("5 mins ago", "2026-11-20T18:55", "minute"),
        ("2 hrs 5 mins ago", "2026-11-20T16:55", "minute"),
        ("about 2 hours ago", "2026-11-20T17:00", "hour"),
        ("2h ago", "2026-11-20T17:00", "hour"),
        ("3 months ago", "2026-08-22T00:00", "month"),
        ("a year ago", "2025-11-20T00:00", "year"),
        ("Yesterday at 2:05 PM", "2026-11-19T14:05", "minute"),
        # Vietnamese, Thai, Filipino
        ("5 phút trước", "2026-11-20T18:55", "minute"),
        ("2 tháng trước", "2026-09-21T00:00", "month"),
        ("hôm qua 14:05", "2026-11-19T14:05", "minute"),
        ("3 ชั่วโมงที่แล้ว", "2026-11-20T16:00", "hour"),
        ("3 ชม.ที่แล้ว", "2026-11-20T16:00", "hour"),
        ("๓ วันก่อน", "2026-11-17T00:00", "day"),
        ("เมื่อวาน 14:05 น.", "2026-11-19T14:05", "minute"),
        ("2 oras ang nakalipas", "2026-11-20T17:00", "hour"),
        ("2 oras na ang nakalipas", "2026-11-20T17:00", "hour"),
        ("kahapon", "2026-11-19T00:00", "day"),
        # Khmer, Lao, Burmese
        ("៥ ម៉ោងមុន", "2026-11-20T14:00", "hour"),
        ("ម្សិលមិញ", "2026-11-19T00:00", "day"),
        ("3 ຊົ່ວໂມງກ່ອນ", "2026-11-20T16:00", "hour"),
        ("໓ ນາທີທີ່ຜ່ານມາ", "2026-11-20T18:57", "minute"),
        ("၃ နာရီ အကြာက", "2026-11-20T16:00", "hour"),
        ("လွန်ခဲ့သော ၅ မိနစ်", "2026-11-20T18:55", "minute"),
        ("မနေ့က", "2026-11-19T00:00", "day"),
        # Chinese, Tamil, Portuguese, Tetum
        ("3小时前", "2026-11-20T16:00", "hour"),
        ("昨天", "2026-11-19T00:00", "day"),
        ("3 மணி நேரம் முன்பு", "2026-11-20T16:00", "hour"),
        ("há 3 horas", "2026-11-20T16:00", "hour"),
        ("oras 3 liu ba", "2026-11-20T16:00", "hour"),
        ("horiseik", "2026-11-19T00:00", "day"),
    ],
)
def test_relative_times_are_as_exact_as_their_words(text: str, instant: str, precision: str) -> None:
    found = parse(text, JAKARTA, now=NOW)
    assert found is not None
    assert (found.when.isoformat()[:16], found.precision, found.relative) == (instant, precision, True)
    assert found.earliest < found.when < found.latest


def test_what_an_instant_can_mean() -> None:
    day, relative = parse("20 November 2026", JAKARTA), parse("2 jam lalu", JAKARTA, now=NOW)
    assert day is not None
    assert relative is not None
    assert (day.earliest, day.latest - day.when) == (day.when, timedelta(days=1))
    assert (relative.when - relative.earliest, relative.latest - relative.when) == (timedelta(hours=1),) * 2


@pytest.mark.parametrize(
    "text",
    ["", "Kamis", "1.229 Views", "waktu baca 3 menit", "November 2026", "31 Februari 2026",
     "Sabtu, 21 Nov 2026 25:61 WIB",
     "pada hari Selasa kata dia", "4 jam", "minggu lalu", "Pasal 12 ayat 3", "0/0/0000", "9" * 300],
)  # fmt: skip
def test_parse_of_what_is_no_date(text: str) -> None:
    assert parse(text, JAKARTA, now=NOW) is None


def test_parse_reads_month_first_where_the_outlet_does() -> None:
    found = parse("8/2/2026", JAKARTA, order="mdy")
    assert found is not None
    assert (found.when.month, found.when.day) == (8, 2)


def test_parse_keeps_what_was_printed() -> None:
    found = parse("Diterbitkan Kamis, 5 November 2026 14:56 WIB oleh redaksi", JAKARTA)
    assert found is not None
    assert (found.text, found.precision, found.zone) == ("Kamis, 5 November 2026 14:56 WIB", "minute", "WIB")


def test_parse_needs_a_now_for_relative_times() -> None:
    assert parse("20 menit lalu", JAKARTA) is None
