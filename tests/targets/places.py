"""A township that becomes a town, a unit that moves, a bureau with its sections."""

from dataclasses import replace
from datetime import date
from typing import Final

from services.targets.domain.bureau import BUREAU
from services.targets.domain.commands.bureau import (
    AppointSectionChief,
    AssignDepartment,
    CloseSection,
    RegisterSection,
)
from services.targets.domain.commands.region import (
    ClassifyRegion,
    MergeRegion,
    RenameRegion,
)
from services.targets.domain.commands.unit import CloseUnit, RenameUnit, TransferUnit
from services.targets.domain.entries import End, RegionLevel
from shared.testing.spec import Spec
from tests.targets.stories import (
    GRADER,
    NOW,
    REGION_CODE,
    UNIT_CODE,
    a_region,
    region,
    register_region,
    register_unit,
)

bureau = Spec(BUREAU)
TOWNSHIP, TOWN = "653101201", "653101101"
DOCUMENT: Final = "新政函〔2019〕12号"

register_township = replace(
    register_region,
    region_code=TOWNSHIP,
    name="乃则尔巴格乡",
    parent_code=REGION_CODE,
    approval_authority="",
    level=RegionLevel.TOWNSHIP,
    valid_from_on=date(1984, 1, 1),
)
a_township = region.knowing(a_region.state).after(register_township)
classify = ClassifyRegion(
    region_code=TOWNSHIP,
    level=RegionLevel.TOWN,
    name="乃则尔巴格镇",
    from_on=date(2013, 6, 1),
    document=DOCUMENT,
    by=GRADER,
    now=NOW,
)
rename = RenameRegion(
    region_code=TOWNSHIP,
    name="乃则尔巴格新镇",
    from_on=date(2016, 1, 1),
    document=DOCUMENT,
    by=GRADER,
    now=NOW,
)
a_town = region.knowing(a_region.state).after(replace(register_township, region_code=TOWN))
END: Final = End(last_on=date(2019, 4, 30), successor_code=TOWN, document=DOCUMENT)
merge = MergeRegion(region_code=TOWNSHIP, end=END, by=GRADER, now=NOW)

HEIR: Final = "653101002"
rename_unit = RenameUnit(
    unit_code=UNIT_CODE,
    name="喀什市教育体育局",
    from_on=date(2019, 3, 1),
    document="喀机编〔2019〕3号",
    by=GRADER,
    now=NOW,
)
transfer_unit = TransferUnit(
    unit_code=UNIT_CODE,
    department_code="653102",
    department_name="喀什市文旅局",
    manage_mof_dep_code="08",
    from_on=date(2020, 1, 1),
    document="喀机编〔2020〕1号",
    by=GRADER,
    now=NOW,
)
UNIT_END: Final = End(last_on=date(2020, 12, 31), successor_code=HEIR, document="")
close_unit = CloseUnit(unit_code=UNIT_CODE, end=UNIT_END, by=GRADER, now=NOW)
register_heir = replace(register_unit, unit_code=HEIR, name="喀什市教育局（新）")

register_section = RegisterSection(
    region_code=REGION_CODE,
    section_code="07",
    name="教科文科",
    from_on=date(2015, 1, 1),
    by=GRADER,
    now=NOW,
)
second_section = replace(register_section, section_code="08", name="社保科")
assign = AssignDepartment(
    region_code=REGION_CODE,
    section_code="07",
    department_code="653101",
    from_on=date(2015, 1, 1),
    by=GRADER,
    now=NOW,
)
take_over = replace(assign, section_code="08", from_on=date(2020, 7, 1))
appoint_chief = AppointSectionChief(
    region_code=REGION_CODE,
    section_code="07",
    chief="古丽",
    from_on=date(2015, 1, 1),
    until_on=date(2018, 12, 31),
    by=GRADER,
    now=NOW,
)
close_section = CloseSection(
    region_code=REGION_CODE, section_code="07", last_on=date(2020, 12, 31), by=GRADER, now=NOW
)
a_bureau = bureau.given(
    *bureau.knowing(a_region.state).after(register_section, second_section).facts
).after(assign)
