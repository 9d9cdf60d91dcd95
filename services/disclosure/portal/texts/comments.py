"""English of the pages of public comments."""

from collections.abc import Mapping
from typing import Final

COMMENTS: Final[Mapping[str, str]] = {
    "公众留言": "Comments",
    "任何人都可以提出意见、疑问和建议，无需登录；每件都有编号，都有答复期限。": (
        "Anybody may comment, ask or propose here, without an account; every comment gets a case"
        " number and a term for its answer."
    ),
    "：": ": ",
    "查看全部留言": "See all comments",
    "我要留言": "Comment",
    "提交后得到编号；证件、电话、银行账号自动隐去，内容经审核后公开。": (
        "You get a case number. Identity, phone and account numbers are masked, and the text is"
        " shown once somebody has read it."
    ),
    "写留言": "Write a comment",
    "查询答复": "Look up an answer",
    "已有编号？": "You have a number already? ",
    "查询": "Look up",
    "留言编号": "Case number",
    "提交留言时给出的编号，例如 {number}": "As it was given to you, for example {number}",
    "没有这个编号的留言，请核对后再查。": "No comment has this number. Please check it.",
    "已公开的留言与答复": "Comments and answers",
    "还没有公开的留言。": "No comment is shown yet.",
    "留言统计（JSON）": "Statistics (JSON)",
    "请更正": "Please correct",
    "还没有提交成功": "Not sent yet.",
    "请更正标出的内容，已填写的内容都保留着。": (
        "Please correct what is marked; everything you typed is still here."
    ),
    "请检查这一项。": "Please check this.",
    "针对": "About",
    "不针对具体事项": "Comment about nothing in particular instead",
    "留言内容": "Your comment",
    "必填": "(required)",
    "{least} 至 {most} 个字。请勿填写他人的姓名和个人信息。": (
        "{least} to {most} characters. Please leave out names and data of other people."
    ),
    "联系方式（选填）": "How to reach you (optional)",
    "加密保存，不公开，只在需要联系您时由承办人查看，且每次查看都留有记录。": (
        "Kept sealed and never published; looked at only to reach you, and every look is recorded."
    ),
    "姓名": "Name",
    "电话或电子邮箱": "Phone or e-mail",
    "提交留言": "Send the comment",
    "您的网络地址不会保存，只留下无法还原的摘要，用于防止重复提交。": (
        "Your address is not kept, only a digest that cannot be undone, so that nothing is sent"
        " twice."
    ),
    "留言内容须为 {text_min} 至 {text_max} 个字。": (
        "Please write between {text_min} and {text_max} characters."
    ),
    "姓名不超过 {name_max} 个字。": "A name has at most {name_max} characters.",
    "联系方式不超过 {contact_max} 个字。": "A contact has at most {contact_max} characters.",
    "请选择地区。": "Please choose a region.",
    "请填写提交留言时给出的追问密钥。": "Please give the key that came with your case number.",
    "留言已收到": "Your comment has arrived",
    "请记下编号，凭编号查询答复。": "Please keep the case number: it leads to the answer.",
    "追问密钥": "Follow-up key",
    "追问密钥只在此显示一次：收到答复后如需追问，要用它证明您是留言人。": (
        "The key is shown this once: with it you may ask once more after the answer."
    ),
    "查看这件留言": "See the case",
    "返回公众留言": "Back to the comments",
    "留言": "Comment",
    "追问": "Follow-up",
    "答复": "Answer",
    "逾期未答复": "Answer overdue",
    "该留言不予公开": "Not shown",
    "正在审核；审核通过后显示内容。": "Waits to be read; shown once that was decided.",
    "应于 {day} 前答复。": "The answer is due on {day}.",
    "留言人对答复仍有疑问的，可以追问一次。": "Whoever commented may ask once more.",
    "追问内容": "What is still open",
    "提交追问": "Send",
    "对本项目留言": "Comment on this project",
    "本项目的留言与答复": "Comments on this project",
    "对本事项留言": "Comment on this item",
    "对本单位留言": "Comment on this unit",
    "本单位的留言与答复": "Comments on this unit",
}
