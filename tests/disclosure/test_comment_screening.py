"""Personal numbers are found however they are written, and nothing else is taken out."""

from typing import Final

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


EDGES: Final[list[tuple[str, str]]] = [
    (
        "身份证653101199013011234",
        "身份证〔银行账号已隐去〕",
    ),  # no thirteenth month: any long number
    ("653101991231123", "〔证件号码已隐去〕"),
    ("653101991331123", "653101991331123"),
    ("账号123456789。", "账号〔银行账号已隐去〕。"),
    ("账号12345678。", "账号12345678。"),
    ("户名某某，卡 1234567890123", "户名某某，卡 〔银行账号已隐去〕"),
    ("编号1234567890123", "编号1234567890123"),
    ("1234567890123456", "〔银行账号已隐去〕"),
    ("123456789012345", "123456789012345"),
    ("12345678901234567元", "12345678901234567元"),
    ("13812345678 万元", "13812345678 万元"),
    ("653101199001011234元", "〔证件号码已隐去〕元"),
    ("4008001234", "〔电话号码已隐去〕"),
    ("4008 001 234", "〔电话号码已隐去〕"),
    ("010-62345678", "〔电话号码已隐去〕"),
    ("008613812345678", "〔电话号码已隐去〕"),
    ("12812345678", "12812345678"),
    ("6531T0042和7654321", "6531T0042和7654321"),
    ("2021-3-1 13812345678", "2021-3-1 〔电话号码已隐去〕"),
    ("a@b和c@d.e", "a@b和〔电子邮箱已隐去〕"),
    ("壹叁捌一二三四五六七八", "〔电话号码已隐去〕"),
    ("幺三八幺二三四五六七八", "〔电话号码已隐去〕"),
    ("两三○", "两三○"),
]


@pytest.mark.parametrize(("text", "kept"), EDGES)
def test_the_edge_between_a_personal_number_and_any_other(text: str, kept: str) -> None:
    assert screened(text).text == kept


def test_what_was_taken_out_is_named_once_each_in_one_order() -> None:
    found = screened("13812345678，a@b.cn，13998765432，653101199001011234")
    assert found.masked == (Masked.EMAIL, Masked.ID_NUMBER, Masked.PHONE)
    assert found.text == (
        "〔电话号码已隐去〕，〔电子邮箱已隐去〕，〔电话号码已隐去〕，〔证件号码已隐去〕"
    )


@pytest.mark.parametrize(
    "text", ["13812345678@qq.com", "13812345678abc@qq.com", "138 1234 5678a@b.cn"]
)
def test_an_address_that_begins_with_a_number_is_taken_out_whole(text: str) -> None:
    kept = screened(f"请回复{text}。").text
    assert kept == "请回复〔电话号码已隐去〕〔电子邮箱已隐去〕。"
    assert screened(kept).text == kept
    inside = screened("li.13812345678@qq.com").text
    assert inside == "〔电子邮箱已隐去〕"


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
