"""Personal numbers are found however they are written, and nothing else is taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.disclosure.domain.comment.screening import screened
from services.disclosure.domain.comment.values import Masked

WIDE = "".join(chr(0xFEE0 + ord(digit)) for digit in "13812345678")
PERSONAL = [
    ("身份证653101199001011234，请查", Masked.ID_NUMBER, "653101199001011234"),
    ("11010519491231002X", Masked.ID_NUMBER, "11010519491231002X"),
    ("证号 653101 19900101 1234", Masked.ID_NUMBER, "19900101"),
    ("老证653101900101123", Masked.ID_NUMBER, "653101900101123"),
    ("我的电话是13812345678，请回复", Masked.PHONE, "13812345678"),
    ("请打138-1234-5678", Masked.PHONE, "5678"),
    (f"手机{WIDE}", Masked.PHONE, WIDE),
    ("一三八一二三四五六七八", Masked.PHONE, "一三八一二三四五六七八"),
    ("一三八 一二三四 五六七八", Masked.PHONE, "五六七八"),
    ("+86 13812345678", Masked.PHONE, "13812345678"),
    ("Tel13812345678", Masked.PHONE, "13812345678"),
    ("座机0998-2823456", Masked.PHONE, "2823456"),
    ("电话13812345678或13998765432", Masked.PHONE, "13998765432"),
    ("卡号6222 0212 3456 7890 123", Masked.BANK_ACCOUNT, "7890"),
    ("6228480012345678910", Masked.BANK_ACCOUNT, "6228480012345678910"),
    ("账号：3012 3456 7890", Masked.BANK_ACCOUNT, "3456"),
    ("邮箱 a.b@example.com.cn 谢谢", Masked.EMAIL, "a.b@example.com.cn"),
    ("ａ＠example．com", Masked.EMAIL, "example"),  # noqa: RUF001 - as a phone writes it
]
HARMLESS = [
    "文号 喀财〔2021〕123号",
    "项目65312121T000000000042的绩效目标未公开",
    "单位653121101001未公开自评结果",
    "总投资1,490,000,000.00元",
    "金额14900000000元",
    "13812345678.50元",
    "2021-03-01至2021-12-31的资金",
    "2021-03-01 2021-12-31",
    "二〇二一年十月一日至二〇二二年",
    "全县12345户、67890人",
]


@pytest.mark.parametrize(("text", "kind", "secret"), PERSONAL)
def test_a_personal_number_is_masked(text: str, kind: Masked, secret: str) -> None:
    found = screened(text)
    assert found.masked == (kind,)
    assert secret not in found.text


@pytest.mark.parametrize("text", HARMLESS)
def test_amounts_codes_days_and_document_numbers_stay(text: str) -> None:
    assert screened(text).text == text


def test_two_numbers_side_by_side_are_both_gone() -> None:
    for text in ("13812345678 13998765432", "13812345678-653101199001011234"):
        found = screened(text).text
        assert not any(digit in found for digit in "0123456789")


def test_what_stands_around_a_number_stays() -> None:
    found = screened("请致电13812345678，谢谢。")
    assert found.text == "请致电〔电话号码已隐去〕，谢谢。"


@given(
    st.text(alphabet="一三八12\uff109-—  户元电话xX@.a", max_size=60),
    st.sampled_from(["13812345678", "653101199001011234", "6228480012345678910"]),
    st.text(alphabet="好。的，请", min_size=1, max_size=10),
)
def test_a_number_among_words_never_survives(before: str, number: str, word: str) -> None:
    found = screened(f"{before}{word}{number}{word}")
    assert number not in found.text
    assert screened(found.text).text == found.text
