"""Asked of the registers of places: regions, units, the bureau's sections, and their people."""

from typing import Final

from services.targets.api.place_schemas import (
    AssignBody,
    ChiefBody,
    ClassBody,
    CloseBody,
    LastDayBody,
    LeaderBody,
    MergeBody,
    NameBody,
    PersonsBody,
    RegionBody,
    SeatBody,
    SectionBody,
    UnitBody,
)
from services.targets.api.place_translation import (
    end_of,
    named,
    region_entries,
    section_parts,
    term,
    unit_entry,
)
from services.targets.api.translation import responsible
from services.targets.domain.commands.bureau import (
    AppointSectionChief,
    AssignDepartment,
    CloseSection,
    RegisterSection,
)
from services.targets.domain.commands.region import (
    AppointRegionLeader,
    ClassifyRegion,
    MergeRegion,
    RegisterRegion,
    RenameRegion,
)
from services.targets.domain.commands.unit import (
    CloseUnit,
    NameResponsiblePersons,
    RegisterUnit,
    RenameUnit,
    TransferUnit,
)
from shared.http.commands import Asked, CommandEndpoint


def register_region(asked: Asked, body: RegionBody) -> RegisterRegion:
    """Enter a region, with its history; its superior enters it, or itself where it has none."""
    return RegisterRegion(
        region_code=body.region_code,
        name=body.name,
        parent_code=body.parent_code,
        approval_authority=body.approval_authority,
        level=body.level,
        valid_from_on=body.valid_from_on,
        history=region_entries(body),
        leaders=tuple(term(one) for one in body.leaders),
        end=end_of(body.end),
        by=asked.actor,
        now=asked.now,
    )


def rename_region(asked: Asked, region_code: str, body: NameBody) -> RenameRegion:
    """Give a region another name from a day on; the earlier name stays true of earlier days."""
    return RenameRegion(
        region_code=region_code,
        name=body.name,
        from_on=body.from_on,
        document=body.document,
        by=asked.actor,
        now=asked.now,
    )


def classify_region(asked: Asked, region_code: str, body: ClassBody) -> ClassifyRegion:
    """Put a region in another class from a day on: a township (乡) becomes a town (镇)."""
    return ClassifyRegion(
        region_code=region_code,
        level=body.level,
        name=body.name,
        from_on=body.from_on,
        document=body.document,
        by=asked.actor,
        now=asked.now,
    )


def merge_region(asked: Asked, region_code: str, body: MergeBody) -> MergeRegion:
    """End a region, and name who takes its place: a new code of its own, or a neighbour."""
    end = end_of(body)
    assert end is not None
    return MergeRegion(region_code=region_code, end=end, by=asked.actor, now=asked.now)


def appoint_region_leader(asked: Asked, region_code: str, body: LeaderBody) -> AppointRegionLeader:
    """Name who answers for the performance of a region, from a day on."""
    return AppointRegionLeader(
        region_code=region_code,
        leader=body.leader,
        from_on=body.from_on,
        until_on=body.until_on,
        by=asked.actor,
        now=asked.now,
    )


def register_unit(asked: Asked, body: UnitBody) -> RegisterUnit:
    """Enter a budget unit and its department, with its history."""
    return RegisterUnit(
        unit_code=body.unit_code,
        name=body.name,
        region_code=body.region_code,
        department_code=body.department_code,
        department_name=body.department_name,
        origin=body.origin,
        credit_code=body.credit_code,
        manage_mof_dep_code=body.manage_mof_dep_code,
        valid_from_on=body.valid_from_on,
        history=tuple(unit_entry(one) for one in body.history),
        persons=tuple(named(one) for one in body.persons),
        end=end_of(body.end),
        by=asked.actor,
        now=asked.now,
    )


def rename_unit(asked: Asked, unit_code: str, body: NameBody) -> RenameUnit:
    """Give a unit another name from a day on."""
    return RenameUnit(
        unit_code=unit_code,
        name=body.name,
        from_on=body.from_on,
        document=body.document,
        by=asked.actor,
        now=asked.now,
    )


def transfer_unit(asked: Asked, unit_code: str, body: SeatBody) -> TransferUnit:
    """Put a unit under another department or bureau section from a day on."""
    return TransferUnit(
        unit_code=unit_code,
        department_code=body.department_code,
        department_name=body.department_name,
        manage_mof_dep_code=body.manage_mof_dep_code,
        from_on=body.from_on,
        document=body.document,
        by=asked.actor,
        now=asked.now,
    )


def close_unit(asked: Asked, unit_code: str, body: CloseBody) -> CloseUnit:
    """End a unit; it takes on no projects after its last day."""
    end = end_of(body)
    assert end is not None
    return CloseUnit(unit_code=unit_code, end=end, by=asked.actor, now=asked.now)


def name_responsible_persons(
    asked: Asked, unit_code: str, body: PersonsBody
) -> NameResponsiblePersons:
    """Name who answers for a unit from a day on: business office, finance office, head."""
    return NameResponsiblePersons(
        unit_code=unit_code,
        responsible=responsible(body.responsible),
        from_on=body.from_on,
        by=asked.actor,
        now=asked.now,
    )


def register_section(asked: Asked, body: SectionBody) -> RegisterSection:
    """Enter a section (业务科室) of the bureau."""
    return RegisterSection(
        region_code=body.region_code,
        section_code=body.section_code,
        name=body.name,
        from_on=body.from_on,
        by=asked.actor,
        now=asked.now,
    )


def assign_department(asked: Asked, section_id: str, body: AssignBody) -> AssignDepartment:
    """Let a section manage a department from a day on; another section loses it that day."""
    return AssignDepartment(
        **section_parts(section_id),
        department_code=body.department_code,
        from_on=body.from_on,
        by=asked.actor,
        now=asked.now,
    )


def appoint_section_chief(asked: Asked, section_id: str, body: ChiefBody) -> AppointSectionChief:
    """Name who leads a section from a day on."""
    return AppointSectionChief(
        **section_parts(section_id),
        chief=body.chief,
        from_on=body.from_on,
        until_on=body.until_on,
        by=asked.actor,
        now=asked.now,
    )


def close_section(asked: Asked, section_id: str, body: LastDayBody) -> CloseSection:
    """End a section that manages no department any more."""
    return CloseSection(
        **section_parts(section_id),
        last_on=body.last_on,
        by=asked.actor,
        now=asked.now,
    )


_TAG: Final = "Registers"
_REGION: Final = "/regions/{region_code}"
_UNIT: Final = "/units/{unit_code}"
_SECTION: Final = "/sections/{section_id}"
_RENAME: Final = {"name": "乃则尔巴格镇", "from_on": "2019-05-01", "document": "新政函〔2019〕12号"}
_END: Final = {
    "last_on": "2019-04-30",
    "successor_code": "653101101",
    "document": "新政函〔2019〕12号",
}
_SEAT: Final = {"department_code": "653101", "department_name": "教育局", "from_on": "2021-01-01"}

PLACE_COMMANDS: Final = (
    CommandEndpoint(path="/regions", translate=register_region, tag=_TAG, creates=True),
    CommandEndpoint(path=f"{_REGION}/rename", translate=rename_region, tag=_TAG, example=_RENAME),
    CommandEndpoint(
        path=f"{_REGION}/classify",
        translate=classify_region,
        tag=_TAG,
        example={**_RENAME, "level": "TOWN"},
    ),
    CommandEndpoint(path=f"{_REGION}/merge", translate=merge_region, tag=_TAG, example=_END),
    CommandEndpoint(path=f"{_REGION}/appoint-leader", translate=appoint_region_leader, tag=_TAG),
    CommandEndpoint(path="/units", translate=register_unit, tag=_TAG, creates=True),
    CommandEndpoint(path=f"{_UNIT}/rename", translate=rename_unit, tag=_TAG, example=_RENAME),
    CommandEndpoint(path=f"{_UNIT}/transfer", translate=transfer_unit, tag=_TAG, example=_SEAT),
    CommandEndpoint(path=f"{_UNIT}/close", translate=close_unit, tag=_TAG, example=_END),
    CommandEndpoint(
        path=f"{_UNIT}/name-responsible-persons", translate=name_responsible_persons, tag=_TAG
    ),
    CommandEndpoint(
        path="/sections",
        translate=register_section,
        tag=_TAG,
        creates=True,
        location="/sections",
        example={
            "region_code": "653101",
            "section_code": "07",
            "name": "教科文科",
            "from_on": "2021-01-01",
        },
    ),
    CommandEndpoint(
        path=f"{_SECTION}/assign-department",
        translate=assign_department,
        tag=_TAG,
        example={"department_code": "653101", "from_on": "2021-01-01"},
    ),
    CommandEndpoint(
        path=f"{_SECTION}/appoint-chief",
        translate=appoint_section_chief,
        tag=_TAG,
        example={"chief": "阿不都热合曼", "from_on": "2021-01-01"},
    ),
    CommandEndpoint(
        path=f"{_SECTION}/close",
        translate=close_section,
        tag=_TAG,
        example={"last_on": "2021-12-31"},
    ),
)
