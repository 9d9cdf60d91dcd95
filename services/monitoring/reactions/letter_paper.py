"""预警纠偏告知函 on paper, from the letter as it is stored and from nothing else (`domain` §8.5).

版头, number, the red line, title, 主送, four parts of text, 落款 with the place of the seal, 版记;
then the receipt, and the two annexes the unit and the bureau fill in. GB/T 9704 says how it looks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.monitoring.domain.warning.letter import Letter
from shared.documents.paper import (
    Address,
    Block,
    Closing,
    Facts,
    Grid,
    Heading,
    Imprint,
    Masthead,
    NewPage,
    Paper,
    Text,
)
from shared.domain.actors import subject_of

YUAN_PER_WAN: Final = 10_000
PERCENT: Final = Decimal(100)
NONE: Final = "—"
FEEDBACK_TITLE: Final = "附1 整改反馈表"
FEEDBACK_HEADINGS: Final = (
    "序号",
    "问题",
    "原因分析",
    "整改措施",
    "责任人（业务/财务）",
    "完成时间",
    "完成情况",
    "佐证材料",
)
FEEDBACK_SHARES: Final = (2, 4, 5, 5, 4, 4, 4, 4)
SIGNATURE: Final = "单位负责人（签字）：　　　　　　　年　　月　　日"

type Said = Mapping[str, Any]


def letter_paper(said: Said) -> Paper:
    """A letter as it was sent."""
    return Paper(
        title=said["title"],
        masthead=Masthead(
            agency=said["agency"], number=said["letter_no"], marks=tuple(_marks(said))
        ),
        blocks=(
            *_body(said),
            *_receipt(said),
            *_feedback(said),
            *_verification(said),
            *_imprint(said),
        ),
    )


def blank_paper() -> Paper:
    """What is on every letter: one that says nothing of its own."""
    nothing: dict[str, Any] = {field.name: "" for field in fields(Letter)}
    days = dict.fromkeys(("acknowledge_by", "plan_by", "finish_by", "issued_on"), date.min)
    return letter_paper(nothing | days | {"budget": "0", "copies": (), "problems": ()})


def _marks(said: Said) -> Iterator[str]:
    if said.get("secrecy"):
        yield f"密级：{said['secrecy']}"
    yield f"紧急程度：{said['urgency']}"


def _body(said: Said) -> Iterator[Block]:
    yield Address(f"{said['to']}：")
    yield from _why(said)
    yield Heading("一、项目执行情况")
    yield Facts(pairs=_facts(said))
    yield Heading("二、存在问题")
    yield Grid(
        headings=("序号", "指标", "节点目标值", "实际值", "偏差", "原因代码", "依据"),
        rows=[_problem(one) for one in said["problems"]],
        shares=(2, 4, 4, 4, 4, 8, 6),
    )
    yield Heading("三、纠偏要求")
    yield Text(f"（一）措施要求：{said['demands']}")
    yield Text(_terms(said))
    yield Text(f"（三）需提交的佐证材料：{said['evidence_wanted']}")
    yield Text(f"（四）逾期后果：{said['consequences']}")
    yield Heading("四、依据")
    yield Text(f"{said['legal_basis']}。")
    yield Text("附件：1.整改反馈表　2.核验意见")
    signed = subject_of(said["signed_by"])
    yield Closing(agency=said["agency"], day=day(said["issued_on"]), signed=f"签发人：{signed}")


def _imprint(said: Said) -> Iterator[Block]:
    """At the foot of the last page, behind the annexes (GB/T 9704 §7.4)."""
    phone = f"　电话：{said['phone']}" if said["phone"] else ""
    yield Imprint(
        (
            f"抄送：{'，'.join(said['copies'])}。",
            f"联系人：{said['contact']}{phone}",
            f"{said['agency']}　　{day(said['issued_on'])}印发",
        )
    )


def _why(said: Said) -> Iterator[Block]:
    if said.get("corrects"):
        yield Text(
            f"本函更正《{said['title']}》（{said['corrects']}），更正原因：{said['correction']}。"
            "原函不再执行，以本函为准，有关时限自本函印发之日起计算。"
        )
    if said.get("replaces"):
        yield Text(f"因{said['replaces']}所列问题逾期未整改或整改未通过，预警等级升级，重新发函。")
    node = _node(said["node"])
    yield Text(
        f"经对你单位承担的“{said['project_name']}”开展{node}绩效运行监控，发现预算执行或绩效目标实现"
        f"存在偏差，现予以{said['urgency']}预警，请认真整改。"
    )


def _node(code: str) -> str:
    """A month of the year as a node: M05 is the end of May."""
    return f"{int(code[1:])}月末节点" if code[:1] == "M" and code[1:].isdecimal() else code


def _facts(said: Said) -> Sequence[tuple[str, str]]:
    return (
        ("项目名称", said["project_name"]),
        ("项目代码", said["project_code"]),
        ("预算年度", str(said["fiscal_year"])),
        ("预算数", wan(said["budget"])),
        ("截至日期", day(said["as_of_on"]) if said.get("as_of_on") else NONE),
        ("执行数", wan(said["paid"]) if said.get("paid") else NONE),
        ("执行率", said.get("paid_rate") or NONE),
        ("时间进度", said.get("time_progress") or NONE),
        ("预警执行率", percent(said["execution_rate"])),
        ("目标实现程度", percent(said["goal_rate"])),
    )


def _problem(one: Said) -> Sequence[str]:
    return (
        str(one["number"]),
        one.get("indicator") or one["text"],
        one.get("node_target") or NONE,
        one.get("actual") or NONE,
        one.get("deviation") or NONE,
        f"{one['reason']}\n{one['text']}",
        one["basis"],
    )


def _terms(said: Said) -> str:
    return (
        f"（二）完成时限：{day(said['acknowledge_by'])}前签收本函并退回回执；"
        f"{day(said['plan_by'])}前报送整改方案；{day(said['finish_by'])}前完成整改并提交佐证材料。"
    )


def _receipt(said: Said) -> Iterator[Block]:
    yield NewPage("回　　执")
    yield Address(f"{said['agency']}：")
    yield Text(f"《{said['title']}》（{said['letter_no']}）收悉。")
    yield Facts(
        pairs=(
            ("收函单位", said["to"]),
            ("收函人", ""),
            ("收函时间", "　　年　　月　　日"),
            ("是否有异议", "□无　　□有"),
        )
    )
    yield Grid(headings=("异议内容及理由",), rows=[("\n\n\n",)])
    yield Text(SIGNATURE)
    yield Text(f"请于{day(said['acknowledge_by'])}前退回本回执。")


def _feedback(said: Said) -> Iterator[Block]:
    yield NewPage(FEEDBACK_TITLE)
    yield Facts(pairs=(("告知函字号", said["letter_no"]), ("填报单位", said["to"])))
    rows = [(str(one["number"]), one["text"], *[""] * 6) for one in said["problems"]]
    yield Grid(headings=FEEDBACK_HEADINGS, rows=rows, shares=FEEDBACK_SHARES)
    yield Text(SIGNATURE)


def _verification(said: Said) -> Iterator[Block]:
    yield NewPage("附2 核验意见")
    yield Facts(pairs=(("告知函字号", said["letter_no"]), ("整改单位", said["to"])))
    yield Facts(
        pairs=(
            ("核验人", ""),
            ("核验日期", "　　年　　月　　日"),
            ("核验方式", "□资料　　□现场"),
            ("核验结论", "□通过　　□不通过"),
        )
    )
    yield Grid(headings=("核验情况",), rows=[("\n\n\n",)])
    yield Grid(headings=("后续处理",), rows=[("\n\n",)])


def day(on: date | str) -> str:
    """2021年6月9日."""
    found = date.fromisoformat(on) if isinstance(on, str) else on
    return f"{found.year}年{found.month}月{found.day}日"


def wan(yuan: str) -> str:
    """An amount in 万元, exact to the fen."""
    exact = Decimal(yuan) / YUAN_PER_WAN
    short = exact.quantize(Decimal("0.01"))
    return f"{format(short if short == exact else exact.normalize(), 'f')}万元"


def percent(share: str) -> str:
    """A share as it is read."""
    return f"{Decimal(share) * PERCENT:.2f}%" if share else NONE
