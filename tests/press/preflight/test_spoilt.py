"""Books that are spoilt, by one fault each: the rule on it finds it, and no other says anything."""

from __future__ import annotations

import base64
import random
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

import judges
from overprint.press import preflight
from press.pages import a_press
from press.preflight.spoiling import AREA, AT, SHOW, Good, Spoil, codes, picture, put, spoilt, words


def box(name: str, *corners: float, at: int = AT) -> Spoil:
    return lambda pdf: setattr(pdf.pages[at].obj, name, Array(corners))


def entry(name: str, value: Any) -> Spoil:
    return lambda pdf: pdf.pages[AT].obj.__setitem__(name, value)


def root(name: str, value: Any) -> Spoil:
    return lambda pdf: pdf.Root.__setitem__(name, value(pdf) if callable(value) else value)


def state(content: str = AREA, **facts: Any) -> Spoil:
    """Return what paints in a graphics state."""
    return put(f"/new gs {content}", ExtGState={"/new": Dictionary(**facts)})


def text(colour: str, size: float = 12, count: int = 4, **parts: Any) -> Spoil:
    return lambda pdf: put(f"{colour} {words(pdf, size, count)}", **parts)(pdf)


def in_space(space: Any, colour: str = "1 0 0 scn", content: str = AREA) -> Spoil:
    """Return what paints in a colour space of its own."""
    return put(f"/new cs /new CS {colour} {colour.upper()} {content}", ColorSpace={"/new": space})


def shown(**facts: Any) -> Spoil:
    return put(SHOW, XObject={"/new": picture(**facts)})


def form(content: bytes, **more: Any) -> Any:
    return lambda pdf: pdf.make_stream(
        content, {"/Subtype": Name.Form, "/BBox": Array([0, 0, 400, 612]), "/Resources": Dictionary(), **more}
    )


def one_ink(name: str) -> Any:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[1], C1=[0], Range=[0, 1])
    return Array([Name.Separation, Name(f"/{name}"), Name.DeviceGray, tint])


LAB = Array([Name.Lab, Dictionary(WhitePoint=[0.9643, 1, 0.8251], Range=[-125, 125, -125, 125])])
CALIBRATED = Array([Name.CalRGB, Dictionary(WhitePoint=[0.9505, 1, 1.089])])
RAMP = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[1, 0, 0], C1=[0, 0, 1])
FADE = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[100, 0, 200, 0], Function=RAMP)
MASK = picture(Width=30, Height=30)
GROUP = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)


def of_icc(pdf: pikepdf.Pdf) -> Any:
    return Array([Name.ICCBased, pdf.make_stream(b"none", {"/N": 3})])


def red_tile(pdf: pikepdf.Pdf) -> Any:
    facts = {"PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 9, "YStep": 9, "BBox": Array([0, 0, 9, 9])}
    return pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f", {f"/{key}": each for key, each in facts.items()} | {"/Resources": Dictionary()}
    )


def form_in_form(pdf: pikepdf.Pdf) -> Any:
    inner = form(f"1 0 0 rg {AREA}".encode())(pdf)
    return form(b"/inner Do", **{"/Resources": Dictionary(XObject=Dictionary(inner=inner))})(pdf)


def shifted(pdf: pikepdf.Pdf) -> None:
    for name in ("MediaBox", "BleedBox", "TrimBox"):
        box(name, -2, -2, 394, 610)(pdf)


def bleeding(content: str) -> Spoil:
    """Return what gives a page all the bleed that is asked, and paints something."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[AT]
        page.contents_add(b"q 1 0 0 1 0 9 cm", prepend=True)
        page.contents_add(f"Q {content}".encode())
        box("TrimBox", 0, 9, 396, 621)(pdf)
        box("BleedBox", 0, 0, 405, 630)(pdf)
        box("MediaBox", 0, 0, 405, 630)(pdf)

    return spoil


def larger(*names: str, by: float = 9) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for name in names:
            box(name, 0, 0, 396 + by, 612 + by)(pdf)

    return spoil


def blank(count: int, at: int) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for _ in range(count):
            empty = pdf.make_indirect(Dictionary(dict(pdf.pages[0].obj)))
            empty.Contents = pdf.make_stream(b"")
            pdf.pages.insert(at if at >= 0 else len(pdf.pages), pikepdf.Page(empty))

    return spoil


def cut(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-4:-2]


def fonts(change: Any) -> Spoil:
    """Return what changes one font of a page: itself, what is below it, and its descriptor."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        font = next(iter(pdf.pages[AT].resources.Font.values()))
        change(font, font.DescendantFonts[0].FontDescriptor)

    return spoil


def unembedded(font: Any, descriptor: Any) -> None:
    del descriptor["/FontFile2"]


def whole(font: Any, descriptor: Any) -> None:
    font.BaseFont = Name("/Garamond")


def as_opentype(font: Any, descriptor: Any) -> None:
    descriptor.FontFile3 = descriptor.FontFile2
    descriptor.FontFile3.Subtype = Name.OpenType
    del descriptor["/FontFile2"]


def drawn_font(pdf: pikepdf.Pdf) -> Any:
    facts = {"Type": Name.Font, "Subtype": Name.Type3, "FontBBox": Array([0, 0, 9, 9]), "FirstChar": 97, "LastChar": 97}
    facts |= {"FontMatrix": Array([0.1, 0, 0, 0.1, 0, 0]), "Widths": Array([9])}
    facts["Encoding"] = Dictionary(Differences=[97, Name.a])
    facts["CharProcs"] = Dictionary(a=pdf.make_stream(b"9 0 0 0 9 9 d1 0 0 9 9 re f"))
    return pdf.make_indirect(Dictionary({f"/{key}": value for key, value in facts.items()}))


def no_letter(pdf: pikepdf.Pdf) -> None:
    shown = words(pdf)
    put(f"{shown[: shown.index('<')]}<0000> Tj ET")(pdf)


def unmarked(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[AT]
    data = page.Contents.read_bytes()
    page.obj.Contents = pdf.make_stream(data[: data.rindex(b"/registration CS")] + b"Q")


def bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Bees", 0))


def link(pdf: pikepdf.Pdf) -> None:
    made = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[100, 100, 200, 120], Border=[0, 0, 0])
    pdf.pages[AT].obj.Annots = Array([pdf.make_indirect(made)])


def script(pdf: pikepdf.Pdf) -> Any:
    run = Dictionary(S=Name.JavaScript, JS=String("1"))
    return Dictionary(JavaScript=Dictionary(Names=[String("run"), run]))


def field(pdf: pikepdf.Pdf) -> Any:
    return Dictionary(Fields=[pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("a")))])


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = b"a"


def layers(pdf: pikepdf.Pdf) -> Any:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("a")))
    return Dictionary(OCGs=[layer], D=Dictionary(Order=[layer]))


def heavy(pdf: pikepdf.Pdf) -> None:
    noise = random.Random(1).randbytes(200_000)  # noqa: S311 - only hard to pack
    pdf.pages[AT].contents_add(b"%" + base64.b64encode(noise))


def info(key: str, value: Any) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo[key] = value

    return spoil


def without(*keys: str) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for key in keys:
            del (pdf.docinfo if key in pdf.docinfo else pdf.Root)[key]

    return spoil


def intent(key: str, value: Any) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for each in pdf.Root.OutputIntents:
            if value is None:
                del each[key]
            else:
                each[key] = value(pdf) if callable(value) else value

    return spoil


def profile_of(data: bytes, components: int) -> Any:
    return lambda pdf: pdf.make_stream(data, {"/N": components})


def unclaimed(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b">PDF/X-4<", b">PDF/X-9<"))


SPOILT: list[tuple[str, str, Spoil]] = [
    ("P061", "black", shifted),
    ("P062", "black", lambda pdf: pdf.pages[AT].obj.__delitem__("/TrimBox")),
    ("P063", "black", larger("MediaBox", "BleedBox", "TrimBox")),
    ("P065", "black", box("BleedBox", 5, 5, 391, 607)),
    ("P065", "black", box("TrimBox", 0, 0, 396.5, 612)),
    ("P066", "black", larger("MediaBox", "BleedBox", by=5)),
    ("P067", "black", box("CropBox", 5, 5, 391, 607)),
    ("P068", "black", entry("/Rotate", 180)),
    ("P068", "black", entry("/Rotate", 90)),
    ("P069", "black", entry("/UserUnit", 2)),
    ("P070", "black", larger("MediaBox")),
    ("P071", "black", put("100 592 50 20 re f")),
    ("P071", "black", bleeding("100 600 50 21 re f")),
    ("P072", "black", bleeding("100 0 50 8 re f")),
    ("P073", "black", put("38 300 20 20 re f")),
    ("P074", "black", put("380 300 10 20 re f")),
    ("P074", "black", put("100 10 20 20 re f")),
    ("P075", "four", unmarked),
    ("P076", "black", cut),
    ("P077", "black", blank(2, -1)),
    ("P079", "black", put(AREA, at=-1)),
    ("P080", "bare", blank(4, 4)),
    ("P081", "black", root("/PageLabels", Dictionary(Nums=[0, Dictionary(S=Name.D, St=2)]))),
    ("P082", "black", fonts(unembedded)),
    ("P083", "black", fonts(whole)),
    ("P084", "black", put("BT /new 12 Tf 100 300 Td (a) Tj ET", Font={"/new": drawn_font})),
    ("P085", "black", fonts(as_opentype)),
    ("P086", "black", no_letter),
    ("P087", "black", text("0 g", 5, 20)),
    ("P088", "black", put("0 w 100 300 m 200 300 l S")),
    ("P089", "black", put("0.2 w 100 300 m 200 300 l S")),
    ("P089", "black", put("100 300 90 0.2 re f")),
    ("P090", "black", put("/nothing gs")),
    ("P091", "black", put(f"1 0 0 rg {AREA}")),
    ("P091", "black", put("1 0 0 RG 100 300 50 50 re S")),
    ("P091", "black", put(f"0 1 1 0 k {AREA}")),
    ("P091", "black", text("1 0 0 rg")),
    ("P091", "black", in_space(LAB, "60 40 40 scn")),
    ("P091", "black", in_space(CALIBRATED, "1 0 0 sc", "100 300 50 50 re S")),
    ("P091", "black", in_space(of_icc)),
    ("P091", "black", shown(ColorSpace=Name.DeviceRGB)),
    ("P091", "black", put("0.2 0 0 0.2 100 300 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI")),
    ("P091", "black", put("100 300 50 50 re W n /new sh", Shading={"/new": FADE})),
    ("P091", "black", put(f"/Pattern cs /new scn {AREA}", Pattern={"/new": Dictionary(PatternType=2, Shading=FADE)})),
    ("P091", "black", put(f"/Pattern cs /new scn {AREA}", Pattern={"/new": red_tile})),
    ("P091", "black", put("/new Do", XObject={"/new": form_in_form})),
    ("P091", "four", put(f"1 0 0 rg {AREA}")),
    ("P092", "black", text("0 0 0 rg")),
    ("P092", "black", text("0.6 0.4 0.4 1 k")),
    ("P092", "four", text("0 0 0 rg")),
    ("P093", "black", text("/new cs 1 scn", ColorSpace={"/new": one_ink("All")})),
    ("P093", "black", in_space(one_ink("All"), "1 scn")),
    ("P094", "four", put(f"1 1 1 1 k {AREA}")),
    ("P094", "four", shown(ColorSpace=Name.DeviceCMYK, Decode=Array([1, 1] * 4))),
    ("P096", "black", state(f"1 g {AREA}", OP=True, op=True)),
    ("P096", "four", state(f"0 0 0 0 k {AREA}", op=True, OPM=1)),
    ("P097", "four", text("0 0 0 1 k")),
    ("P098", "black", in_space(one_ink("Gold"), "1 scn")),
    ("P100", "black", shown(Width=72, Height=72)),
    ("P101", "black", shown(Width=200, Height=200)),
    ("P102", "black", shown(Width=700, Height=700)),
    ("P103", "black", shown(Interpolate=True)),
    ("P104", "black", shown(BitsPerComponent=16)),
    ("P105", "black", shown(Filter=Name.JPXDecode)),
    ("P105", "flat", shown(Filter=Name.JBIG2Decode)),
    ("P106", "black", shown(Alternates=Array([]))),
    ("P106", "black", put("/new Do", XObject={"/new": form(b"", **{"/OPI": Dictionary()})})),
    ("P110", "black", state(ca=0.5)),
    ("P110", "black", state("100 300 50 50 re S", CA=0.5)),
    ("P110", "black", state(BM=Name.Multiply)),
    ("P110", "black", state(SMask=Dictionary(S=Name.Luminosity))),
    ("P110", "black", shown(SMask=MASK)),
    ("P110", "black", put("/new Do", XObject={"/new": form(b"", **{"/Group": GROUP})})),
    ("P110", "flat", entry("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK))),
    ("P111", "four", entry("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))),
    ("P112", "black", state(TR=RAMP)),
    ("P112", "black", state(HT=Dictionary(HalftoneType=1))),
    ("P113", "black", link),
    ("P114", "black", bookmark),
    ("P115", "black", root("/Names", script)),
    ("P115", "black", root("/OpenAction", Dictionary(S=Name.Launch, F=String("a")))),
    ("P115", "black", entry("/AA", Dictionary(O=Dictionary(S=Name.URI, URI=String("a"))))),
    ("P116", "black", root("/AcroForm", field)),
    ("P117", "black", attachment),
    ("P119", "black", root("/OCProperties", layers)),
    ("P120", "black", root("/Version", Name("/1.7"))),
    ("P121", "black", heavy),
    ("P122", "bare", info("/Title", "Small Book")),
    ("P123", "black", without("/OutputIntents")),
    ("P123", "four", without("/OutputIntents")),
    ("P124", "black", intent("/OutputConditionIdentifier", "FOGRA27")),
    ("P125", "black", intent("/RegistryName", None)),
    ("P125", "four", intent("/DestOutputProfile", None)),
    ("P125", "four", intent("/DestOutputProfile", profile_of(a_press()[:100], 4))),
    ("P125", "four", intent("/DestOutputProfile", profile_of(a_press().replace(b"CMYK", b"GRAY", 1), 1))),
    ("P125", "four", intent("/DestOutputProfile", profile_of(a_press().replace(b"prtr", b"mntr", 1), 4))),
    ("P126", "black", without("/GTS_PDFXVersion")),
    ("P126", "four", unclaimed),
    ("P127", "black", without("/Title")),
    ("P127", "black", info("/Trapped", Name.Unknown)),
    ("P129", "black", info("/Title", "Another Book")),
]


@pytest.mark.parametrize("name", ["black", "bare", "four", "flat"])
def test_good_books_give_nothing(name: str, good: dict[str, Good], tmp_path: Path) -> None:
    assert codes(good[name].path, good[name].profile) == []
    # Nor does a copy in which nothing is changed.
    assert codes(spoilt(good[name], tmp_path / "a.pdf", lambda pdf: None), good[name].profile) == []


@pytest.mark.parametrize(
    ("code", "name", "spoil"), SPOILT, ids=[f"{code}-{at}" for at, (code, *_) in enumerate(SPOILT)]
)
def test_one_fault_is_found_by_its_rule_alone(
    code: str, name: str, spoil: Spoil, good: dict[str, Good], tmp_path: Path
) -> None:
    wanted = good[name].profile
    bad = spoilt(good[name], tmp_path / "bad.pdf", spoil)
    made = preflight.check(bad, wanted)
    found = {each.code for each in made.diagnostics} - judges.UNSEPARATED
    assert found == {code}, [each.message for each in made.diagnostics]
    assert all(each.hint and "{" not in each.message for each in made.diagnostics)
    assert not any("{profile}" in each.hint for each in made.diagnostics)


def test_figures_of_notes_are_small_everywhere(good: dict[str, Good], tmp_path: Path) -> None:
    noted = spoilt(good["black"], tmp_path / "a.pdf", lambda pdf: put(f"0 g {words(pdf, 5, 3)} " * 6)(pdf))
    assert codes(noted, good["black"].profile) == []


def test_a_band_may_run_over_the_edge_aslant(good: dict[str, Good], tmp_path: Path) -> None:
    aslant = bleeding("0.9 g 200 300 m 200 360 l 500 460 l 500 200 l f")
    assert codes(spoilt(good["black"], tmp_path / "a.pdf", aslant), good["black"].profile) == []
