"""The codes of ONIX for what a book says of itself in words; each list is named by its number at EDItEUR."""

from __future__ import annotations

ROLES = {
    "aut": "A01",
    "aui": "A24",
    "aft": "A19",
    "edt": "B01",
    "trl": "B06",
    "ill": "A12",
    "ctb": "A32",
}
"""List 17, by MARC relator."""
FORMS = {"": "BA", "paperback": "BC", "hardback": "BB"}
"""List 150, by binding."""
FEATURES = {
    "alternativeText": "14",
    "ARIA": "30",
    "describedMath": "53",
    "displayTransformability": "36",
    "index": "12",
    "longDescription": "15",
    "MathML": "17",
    "pageBreakMarkers": "19",
    "pageNavigation": "41",
    "readingOrder": "13",
    "structuralNavigation": "29",
    "unlocked": "10",
}
"""List 196, by schema.org's feature; of the table of contents it asks more, so that is looked at by itself."""
EVERY_HEADING_IN_CONTENTS, LANGUAGES_TAGGED, LANDMARKS, WITHOUT_SIGHT, SUMMARY = "11", "22", "32", "52", "00"
CONFORMS, CERTIFIED_BY, CREDENTIAL, CREDENTIAL_PAGE, REPORT = "04", "90", "88", "89", "94"
WCAG = {"2.0": "80", "2.1": "81", "2.2": "82", "A": "84", "AA": "85", "AAA": "86"}
EXEMPTIONS = {"eaa-microenterprise": "75", "eaa-disproportionate-burden": "76", "eaa-fundamental-alteration": "77"}
HAZARDS = {
    "none": ("00",),
    "flashing": ("13",),
    "noFlashingHazard": ("14",),
    "noSoundHazard": ("16",),
    "motionSimulation": ("17",),
    "noMotionSimulationHazard": ("18",),
    # Nothing in a book of ours sounds; only what moves may be dangerous.
    "unknown": ("16", "24", "26"),
}
"""List 143, by schema.org's hazard."""
THEMA, BISAC, KEYWORDS = "93", "10", "20"
QUALIFIERS = {"1": "94", "2": "95", "3": "96", "4": "97", "5": "98", "6": "99"}
"""List 27, by the first sign of a Thema qualifier."""

_LANGUAGES = (
    "aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel bg:bul bi:bis "
    "bm:bam bn:ben bo:tib br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre cs:cze cu:chu cv:chv cy:wel da:dan de:ger "
    "dv:div dz:dzo ee:ewe el:gre en:eng eo:epo es:spa et:est eu:baq fa:per ff:ful fi:fin fj:fij fo:fao fr:fre fy:fry "
    "ga:gle gd:gla gl:glg gn:grn gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:arm hz:her ia:ina "
    "id:ind ie:ile ig:ibo ii:iii ik:ipk io:ido is:ice it:ita iu:iku ja:jpn jv:jav ka:geo kg:kon ki:kik kj:kua kk:kaz "
    "kl:kal km:khm kn:kan ko:kor kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin lo:lao "
    "lt:lit lu:lub lv:lav mg:mlg mh:mah mi:mao mk:mac ml:mal mn:mon mr:mar ms:may mt:mlt my:bur na:nau nb:nob nd:nde "
    "ne:nep ng:ndo nl:dut nn:nno no:nor nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli pl:pol "
    "ps:pus pt:por qu:que rm:roh rn:run ro:rum ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag si:sin sk:slo sl:slv "
    "sm:smo sn:sna so:som sq:alb sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk "
    "tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol wa:wln "
    "wo:wol xh:xho yi:yid yo:yor za:zha zh:chi zu:zul "
)
_BY_TAG = dict(each.split(":") for each in _LANGUAGES.split())


def language(tag: str) -> str:
    """Return the three letters of list 74 for a language tag, und where they are not known.

    >>> language("en-GB"), language("de"), language("grc"), language("x-klingon")
    ('eng', 'ger', 'grc', 'und')
    """
    base = tag.partition("-")[0].lower()
    return base if len(base) == 3 else _BY_TAG.get(base, "und")
