"""What a quota document says beside number, amount and day, in national fields (`domain` §7.1)."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLine:
    """One quota line. Empty: the document does not say it, and the ledger's own word counts.

    `bgt_id` is the key of the line, `sup_bgt_doc_no` the document of the level above,
    `fund_type_code` and `direct_fund_flag` (`is_dir_code`) say what the money is for,
    `found_type_code` and `source_type_code` where it comes from.
    """

    bgt_id: str = ""
    sup_bgt_doc_no: str = ""
    fund_type_code: str = ""
    direct_fund_flag: str = ""
    found_type_code: str = ""
    source_type_code: str = ""


PLAIN: Final = QuotaLine()
