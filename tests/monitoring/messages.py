"""Bank messages of the stories: small, valid, in every version that is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd"
ACCOUNT: Final = "6531010000000001"
_ROOTS: Final = {
    "camt.052": ("BkToCstmrAcctRpt", "Rpt"),
    "camt.053": ("BkToCstmrStmt", "Stmt"),
    "camt.054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry with one payment in it."""

    amount: str
    way: str = "DBIT"
    currency: str = "CNY"
    day: str = "2021-03-01"
    end_to_end_id: str = "NOTPROVIDED"
    bank_ref: str = ""
    project: str = ""
    year: str = ""
    reversal: bool = False
    status: str = "BOOK"
    reason: str = ""
    uetr: str = ""
    clearing_ref: str = ""

    def written(self, version: str) -> str:
        """As the version writes it."""
        status = f"<Cd>{self.status}</Cd>" if version == "08" else self.status
        reference = f"<AcctSvcrRef>{self.bank_ref}</AcctSvcrRef>" if self.bank_ref else ""
        documents = "".join(
            f"<RfrdDocInf><Tp><CdOrPrtry><Prtry>{kind}</Prtry></CdOrPrtry></Tp>"
            f"<Nb>{number}</Nb></RfrdDocInf>"
            for kind, number in (("PRO", self.project), ("FY", self.year))
            if number
        )
        told = f"<RmtInf><Strd>{documents}</Strd></RmtInf>" if documents else ""
        amount = f'<Amt Ccy="{self.currency}">{self.amount}</Amt>'
        own = "" if version == "02" else f"{amount}<CdtDbtInd>{self.way}</CdtDbtInd>"
        why = f"<RtrInf><Rsn><Cd>{self.reason}</Cd></Rsn></RtrInf>" if self.reason else ""
        return (
            f"<Ntry>{amount}<CdtDbtInd>{self.way}</CdtDbtInd>"
            f"{'<RvslInd>true</RvslInd>' if self.reversal else ''}<Sts>{status}</Sts>"
            f"<BookgDt><Dt>{self.day}</Dt></BookgDt><ValDt><Dt>{self.day}</Dt></ValDt>{reference}"
            "<BkTxCd/><NtryDtls><TxDtls>"
            f"<Refs><EndToEndId>{self.end_to_end_id}</EndToEndId>"
            f"{f'<UETR>{self.uetr}</UETR>' if self.uetr and version == '08' else ''}"
            f"{f'<ClrSysRef>{self.clearing_ref}</ClrSysRef>' if self.clearing_ref else ''}"
            f"</Refs>{own}{told}{why}"
            "</TxDtls></NtryDtls></Ntry>"
        )


def camt(  # noqa: PLR0913 - a message is what it is
    form: str,
    message_id: str,
    entries: Sequence[Entry],
    *,
    account: str = ACCOUNT,
    sums: str = "",
    page: tuple[int, bool] | None = None,
) -> bytes:
    """A camt.052, camt.053 or camt.054, as `camt.053.001.08`; the balances say nothing here.

    With a `page` it is that one of statement 7, and the last one or not.
    """
    root, holder = _ROOTS[form[:8]]
    version = form[-2:]
    balance = ""
    if form[:8] != "camt.054":
        balance = (
            "<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>"
            '<Amt Ccy="CNY">0</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
            "<Dt><Dt>2021-03-01</Dt></Dt></Bal>"
        )
    body = "".join(one.written(version) for one in entries)
    told, head, own, number = "", "", "", ""
    if page is not None:
        told = f"<PgNb>{page[0]}</PgNb><LastPgInd>{str(page[1]).lower()}</LastPgInd>"
        own = f"<StmtPgntn>{told}</StmtPgntn>" if version == "08" else ""
        head = "" if version == "08" else f"<MsgPgntn>{told}</MsgPgntn>"
        number = "<ElctrncSeqNb>7</ElctrncSeqNb>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NAMESPACE}:{form}"><{root}>\n'
        f"<GrpHdr><MsgId>{message_id}</MsgId><CreDtTm>2021-03-01T18:00:00+08:00</CreDtTm>{head}</GrpHdr>\n"
        f"<{holder}><Id>{message_id}</Id>{own}{number}<CreDtTm>2021-03-01T18:00:00+08:00</CreDtTm>"
        f"<Acct><Id><Othr><Id>{account}</Id></Othr></Id></Acct>{balance}{sums}\n"
        f"{body}\n</{holder}></{root}></Document>"
    ).encode()


def closing(debits: str, credited: str) -> str:
    """The sums at the end of a statement."""
    return (
        f"<TxsSummry><TtlCdtNtries><Sum>{credited}</Sum></TtlCdtNtries>"
        f"<TtlDbtNtries><Sum>{debits}</Sum></TtlDbtNtries></TxsSummry>"
    )


def pacs_004(  # noqa: PLR0913 - a message is what it is
    form: str,
    message_id: str,
    original: str,
    amount: str,
    return_id: str,
    *,
    uetr: str = "",
    clearing_ref: str = "",
) -> bytes:
    """One payment that came back between banks."""
    unique = f"<OrgnlUETR>{uetr}</OrgnlUETR>" if uetr else ""
    cleared = f"<ClrSysRef>{clearing_ref}</ClrSysRef>" if clearing_ref else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NAMESPACE}:{form}"><PmtRtr>'
        f"<GrpHdr><MsgId>{message_id}</MsgId><CreDtTm>2021-04-01T10:00:00+08:00</CreDtTm>"
        "<NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr>"
        f"<TxInf><RtrId>{return_id}</RtrId><OrgnlEndToEndId>{original}</OrgnlEndToEndId>{unique}"
        f'<RtrdIntrBkSttlmAmt Ccy="CNY">{amount}</RtrdIntrBkSttlmAmt>'
        f"<IntrBkSttlmDt>2021-04-01</IntrBkSttlmDt>{cleared}"
        "<RtrRsnInf><Rsn><Cd>AC01</Cd></Rsn></RtrRsnInf></TxInf></PmtRtr></Document>"
    ).encode()


def pain_002(form: str, original: str, answers: Sequence[tuple[str, str, str]]) -> bytes:
    """What a bank says of the payments of an order: end-to-end id, status, reason."""
    told = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{key}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
        f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn><AddtlInf>told so</AddtlInf></StsRsnInf>"
        "</TxInfAndSts>"
        for key, status, reason in answers
    )
    return (
        f'<Document xmlns="{NAMESPACE}:{form}"><CstmrPmtStsRpt>'
        "<GrpHdr><MsgId>ST1</MsgId><CreDtTm>2021-03-01T10:00:00+08:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{original}</OrgnlMsgId>"
        "<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{original}-1</OrgnlPmtInfId>{told}</OrgnlPmtInfAndSts>"
        "</CstmrPmtStsRpt></Document>"
    ).encode()


def camt_029(form: str, case: str, end_to_end_id: str, status: str, reason: str) -> bytes:
    """The answer to a recall."""
    agent = "<Agt><FinInstnId><Nm>B</Nm></FinInstnId></Agt>"
    details = (
        "<CxlDtls><TxInfAndSts>"
        f"<OrgnlEndToEndId>{end_to_end_id}</OrgnlEndToEndId><TxCxlSts>{status}</TxCxlSts>"
        f"<CxlStsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></CxlStsRsnInf></TxInfAndSts></CxlDtls>"
    )
    return (
        f'<Document xmlns="{NAMESPACE}:{form}"><RsltnOfInvstgtn>'
        f"<Assgnmt><Id>AN1</Id><Assgnr>{agent}</Assgnr><Assgne>{agent}</Assgne>"
        "<CreDtTm>2021-03-02T10:00:00+08:00</CreDtTm></Assgnmt>"
        f"<RslvdCase><Id>{case}</Id><Cretr>{agent}</Cretr></RslvdCase>"
        f"<Sts><Conf>RJCR</Conf></Sts>{details}</RsltnOfInvstgtn></Document>"
    ).encode()
