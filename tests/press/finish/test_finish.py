"""What is painted, and what a file says, once it is made for a printer."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from judges import _needs
from overprint.diagnostics import Stop
from overprint.press.profile import Bleed, Intent, Profile
from overprint.press.spot import Spot
from press.pages import BLEEDING, MONO, a_page, a_picture, cmyk, good, made, painted

TEXT = "BT /F 12 Tf 20 200 Td (words) Tj ET"
FADING = Dictionary(fading=Dictionary(ca=0.5, CA=0.5), whole=Dictionary(ca=1))


@pytest.fixture
def pdf() -> pikepdf.Pdf:
    return pikepdf.new()


def test_black_text_alone_overprints(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    a_page(pdf, f"0 0 0 rg {TEXT} 0 0 10 10 re f 1 0 0 rg {TEXT} 0 g {TEXT}")
    done = good(pdf, tmp_path, cmyk(tmp_path))
    first, *rest = painted(done.pages[0])[2:]
    assert [first, *rest[:5]] == ["0 0 0 1 k", "/over gs", "Tj", "/out gs", "f", rest[4]]
    assert rest[5:] == ["Tj", "0 0 0 1 k", "/over gs", "Tj"]
    assert done.pages[0].resources.ExtGState["/over"].OPM == 1


def test_text_that_no_colour_is_said_for_is_black(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    a_page(pdf, TEXT)
    done = good(pdf, tmp_path, cmyk(tmp_path))
    assert painted(done.pages[0]) == ["0 0 0 1 k", "0 0 0 1 K", "/over gs", "Tj"]


def test_what_overprints_ends_with_its_state(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    a_page(pdf, f"q {TEXT} Q 0 0 9 9 re f q 1 Tr {TEXT} Q")
    done = good(pdf, tmp_path, cmyk(tmp_path))
    assert painted(done.pages[0])[2:] == ["/over gs", "Tj", "f", "Tj"]


def test_a_page_in_black_ink_is_grey_everywhere(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    lab = Array([Name.Lab, Dictionary(WhitePoint=[0.9643, 1, 0.8251], Range=[-125, 125, -125, 125])])
    red = a_picture(pdf, Image.new("RGB", (4, 4), (200, 0, 0)))
    content = f"1 0 0 rg {TEXT} /lab cs 60 40 40 scn 0 0 9 9 re f 0 1 1 0 k f 0 .3 .3 RG 0 0 m 9 9 l S /red Do"
    a_page(pdf, content, ColorSpace={"/lab": lab}, XObject={"/red": red})
    done = good(pdf, tmp_path, MONO)
    operators = {each.split()[-1] for each in painted(done.pages[0])}
    assert operators == {"g", "G", "Tj", "f", "S", "Do"}
    assert done.pages[0].resources.XObject["/red"].ColorSpace == Name.DeviceGray
    assert "/DestOutputProfile" not in done.Root.OutputIntents[0]
    assert not done.pages[0].resources.ColorSpace.keys()


def test_forms_and_patterns_are_mended_as_pages_are(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    def drawing(**more: Any) -> Any:
        form = pdf.make_stream(b"1 0 0 rg 0 0 5 5 re f", Resources=Dictionary(), BBox=[0, 0, 9, 9])
        for key, value in more.items():
            form[f"/{key}"] = value
        return form

    form = drawing(Subtype=Name.Form, Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))
    tile = drawing(PatternType=1, PaintType=1, TilingType=1, XStep=9, YStep=9)
    content = "/form Do /Pattern cs /tile scn 0 0 50 50 re f"
    a_page(pdf, content, XObject={"/form": form}, Pattern={"/tile": tile})
    done = good(pdf, tmp_path, MONO)
    parts = done.pages[0].resources
    assert painted(parts.XObject["/form"]) == painted(parts.Pattern["/tile"]) == ["0.298 g", "f"]
    assert "/Group" not in parts.XObject["/form"]


def test_gradients_become_inks(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    ramp = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[1, 0, 0], C1=[0, 0, 1])
    both = Dictionary(FunctionType=3, Domain=[0, 1], Bounds=[0.5], Encode=[0, 1, 1, 0], Functions=[ramp, ramp])
    axis = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 200, 0], Function=both, Extend=[True, True]
    )
    a_page(pdf, "/fade sh", Shading={"/fade": pdf.make_indirect(axis)})
    done = good(pdf, tmp_path, cmyk(tmp_path))
    shading = done.pages[0].resources.Shading["/fade"]
    samples = shading.Function.read_bytes()
    assert shading.ColorSpace == Name.DeviceCMYK
    assert len(samples) == 4 * 256
    assert samples[:4] == samples[-4:] != samples[512:516]
    page = pypdfium2.PdfDocument(tmp_path / "made.pdf")[0].render().to_pil()
    ends: list[Any] = [page.getpixel((x, 100)) for x in (2, 100, 197)]
    assert [pixel[0] > pixel[2] for pixel in ends] == [True, False, True]


def test_a_gradient_that_cannot_be_told_is_refused(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    mesh = Dictionary(ShadingType=1, ColorSpace=Name.DeviceRGB, Function=Dictionary(FunctionType=4))
    a_page(pdf, "/mesh sh", Shading={"/mesh": mesh})
    (said,) = made(pdf, tmp_path, MONO).diagnostics
    assert "page 1 of the file: a gradient" in said.message
    assert not (tmp_path / "made.pdf").exists()


def test_pictures_in_the_printers_space_stay_byte_by_byte(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    picture = pdf.make_stream(b"")
    Image.radial_gradient("L").save(tmp_path / "a.jpg")
    picture.write((tmp_path / "a.jpg").read_bytes(), filter=Name.DCTDecode)
    picture.Type, picture.Subtype, picture.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    picture.Width, picture.Height, picture.BitsPerComponent, picture.Interpolate = 256, 256, 8, True
    a_page(pdf, "/a Do", XObject={"/a": picture})
    done = good(pdf, tmp_path, MONO)
    mended = done.pages[0].resources.XObject["/a"]
    assert mended.read_raw_bytes() == (tmp_path / "a.jpg").read_bytes()
    assert "/Interpolate" not in mended


def test_photographs_become_jpegs_of_ink_and_look_alike(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    across, down = Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90)
    photograph = Image.merge("RGB", (across, down, Image.new("L", (256, 256), 60)))
    a_page(pdf, "q 200 0 0 300 0 0 cm /a Do Q", XObject={"/a": a_picture(pdf, photograph)})
    done = good(pdf, tmp_path, cmyk(tmp_path))
    mended = done.pages[0].resources.XObject["/a"]
    assert (mended.Filter, mended.ColorSpace) == (Name.DCTDecode, Name.DeviceCMYK)
    assert b"Adobe" in mended.read_raw_bytes()
    corners = [(5, 5), (195, 5), (5, 295), (195, 295)]
    before, after = (
        pypdfium2.PdfDocument(tmp_path / name)[0].render().to_pil() for name in ("laid-out.pdf", "made.pdf")
    )
    for corner in corners:
        was: Any = before.getpixel(corner)
        now: Any = after.getpixel(corner)
        assert was.index(max(was)) == now.index(max(now)) or max(was) < 70


@pytest.mark.parametrize("what", ["text", "picture", "gradient"])
def test_colours_without_an_icc_profile_stop_the_book(pdf: pikepdf.Pdf, tmp_path: Path, what: str) -> None:
    ramp = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[1, 0, 0], C1=[0, 0, 1])
    axis = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 0], Function=ramp)
    picture = a_picture(pdf, Image.new("RGB", (2, 2), (9, 200, 9)))
    content = {"text": f"1 0 0 rg {TEXT}", "picture": "/a Do", "gradient": "/fade sh"}[what]
    a_page(
        pdf,
        content,
        XObject={"/a": picture} if what == "picture" else {},
        Shading={"/fade": axis} if what == "gradient" else {},
    )
    bare = cmyk(tmp_path, "x1a")
    with pytest.raises(Stop) as stopped:
        made(pdf, tmp_path, dataclasses.replace(bare, intent=Intent("FOGRA39", "", "", "")))
    assert "FOGRA39" in str(stopped.value)
    assert not (tmp_path / "made.pdf").exists()


def test_drawings_stay_without_loss(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    a_page(pdf, "/a Do", XObject={"/a": a_picture(pdf, Image.new("RGB", (8, 8), (250, 0, 0)))})
    done = good(pdf, tmp_path, MONO)
    mended = done.pages[0].resources.XObject["/a"]
    assert mended.Filter == Name.FlateDecode
    assert mended.read_bytes() == bytes([75]) * 64


def test_what_fades_on_bare_paper_becomes_solid(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    a_page(pdf, f"q /fading gs 0 g 100 100 50 50 re f Q {TEXT}", ExtGState=FADING)
    done = good(pdf, tmp_path, cmyk(tmp_path, "x1a"))
    assert painted(done.pages[0])[2:] == [
        "/fading gs", "0 0 0 0.5 k", "0 0 0 0.5 K", "0 0 0 0.5 k", "f", "/over gs", "Tj",
    ]  # fmt: skip
    assert not done.pages[0].resources.ExtGState["/fading"].keys()


@pytest.mark.parametrize(
    "content",
    [
        "1 0 0 rg 90 90 50 50 re f /fading gs 0 g 100 100 50 50 re f",
        "/fading gs /Pattern cs /none scn 0 0 5 5 re f",
        "/fading gs /form Do",
    ],
)
def test_what_fades_over_ink_is_refused_and_named(pdf: pikepdf.Pdf, tmp_path: Path, content: str) -> None:
    a_page(pdf, TEXT)
    form = pdf.make_stream(b"0 0 5 5 re f", Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=Dictionary())
    a_page(pdf, content, ExtGState=FADING, XObject={"/form": form})
    (said,) = made(pdf, tmp_path, dataclasses.replace(MONO, name="kdp")).diagnostics
    assert said.message.startswith("page 2 of the file: ")
    assert "kdp" in said.message
    assert "opaque" in said.hint


def test_a_printer_of_x4_keeps_what_fades(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    a_page(pdf, "1 0 0 rg 90 90 50 50 re f /fading gs 0 g 100 100 50 50 re f", ExtGState=FADING)
    done = good(pdf, tmp_path, cmyk(tmp_path))
    state = done.pages[0].resources.ExtGState["/fading"]
    assert state.ca == state.CA == pytest.approx(0.5)


def test_a_picture_with_transparent_parts_is_laid_on_paper(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    mask = Image.new("L", (4, 4), 0)
    mask.paste(255, (0, 0, 2, 4))
    picture = a_picture(pdf, Image.new("RGB", (4, 4), (0, 0, 0)), mask=mask)
    a_page(pdf, "/a Do", XObject={"/a": picture})
    done = good(pdf, tmp_path, MONO)
    mended = done.pages[0].resources.XObject["/a"]
    assert mended.read_bytes() == bytes([0, 0, 255, 255]) * 4
    assert "/SMask" not in mended


def test_paper_begins_at_nought_and_patterns_move_along(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    tile = pdf.make_stream(b"0 g 0 0 5 10 re f", PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 10, 10])
    tile.XStep, tile.YStep, tile.Resources = 10, 10, Dictionary()
    for _ in range(2):
        page = a_page(
            pdf, f"/Pattern cs /tile scn 0 0 90 90 re f 0 g {TEXT}", (-9, -9, 209, 309), Pattern={"/tile": tile}
        )
        page.trimbox = Array([0, 0, 200, 300])
    done = good(pdf, tmp_path, dataclasses.replace(MONO, bleed=BLEEDING))
    assert [[float(each) for each in page.mediabox] for page in done.pages] == [[0, 0, 209, 318]] * 2
    assert [[float(each) for each in page.trimbox] for page in done.pages] == [[0, 9, 200, 309], [9, 9, 209, 309]]
    for at, left in ((0, 9), (1, 0)):
        before = pypdfium2.PdfDocument(tmp_path / "laid-out.pdf")[at].render(crop=(left, 0, 9 - left, 0)).to_pil()
        after = pypdfium2.PdfDocument(tmp_path / "made.pdf")[at].render().to_pil()
        assert before.tobytes() == after.tobytes()


def test_marks_stand_outside_the_bleed(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    page = a_page(pdf, "0 g -50 -50 500 500 re f", (-9, -9, 209, 309))
    page.trimbox = Array([0, 0, 200, 300])
    whole = good(pdf, tmp_path, cmyk(tmp_path, bleed=BLEEDING, marks=True))
    done = whole.pages[0]
    assert done.resources.ColorSpace["/registration"][1] == "/All"
    left, bottom, right, top = (float(each) for each in done.bleedbox)
    image = pypdfium2.PdfDocument(tmp_path / "made.pdf")[0].render(grayscale=True).to_pil()
    inked = Image.eval(image, lambda value: 255 if value < 200 else 0)
    high = image.height
    inside = (round(left), round(high - top), round(right), round(high - bottom))
    assert min(image.crop(inside).getextrema()) < 60
    inked.paste(0, (inside[0] - 2, inside[1] - 2, inside[2] + 2, inside[3] + 2))
    marks = inked.getbbox()
    assert marks is not None
    assert marks[0] < 8
    assert marks[2] > image.width - 8


def test_links_stay_where_they_may_and_move_along(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    a_page(pdf, TEXT, (-9, -9, 209, 309))
    page = pdf.pages[0].obj
    page.TrimBox = Array([0, 0, 200, 300])
    place = Array([page, Name.XYZ, 20, 200, 0])
    page.Annots = [pdf.make_indirect(Dictionary(Subtype=Name.Link, Rect=[20, 200, 50, 212], Dest="here"))]
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=[pikepdf.String("here"), place]))
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Here", 0, "XYZ", left=20, top=200, zoom=0))
    tag = pdf.make_indirect(Dictionary(S=Name.Figure, Pg=page, A=Dictionary(O=Name.Layout, BBox=[1, 2, 3, 4])))
    pdf.Root.StructTreeRoot = Dictionary(K=tag)
    done = good(pdf, tmp_path, Profile("mine", "", marks=True, bleed=Bleed(9, 9, 9, 9)))
    box = [float(each) for each in done.pages[0].trimbox]
    assert box == [33, 33, 233, 333]
    assert [float(each) for each in done.pages[0].mediabox] == [0, 0, 266, 366]
    link, root = done.pages[0].Annots[0], done.Root
    assert [float(each) for each in link.Rect] == [53, 233, 83, 245]
    for target in (root.Names.Dests.Names[1], root.Outlines.First.Dest):
        assert (target[0].objgen, [float(each) for each in target[2:4]]) == (done.pages[0].obj.objgen, [53, 233])
    assert [float(each) for each in root.StructTreeRoot.K.A.BBox] == [34, 35, 36, 37]
    assert "SCN" in done.pages[0].Contents.read_bytes().decode()


def test_nothing_forbidden_stays_and_the_same_gives_the_same(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    page = a_page(pdf, TEXT)
    page.obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=[]))
    pdf.Root.OpenAction = Array([page.obj, Name.Fit])
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("One", 0))
    done = good(pdf, tmp_path, MONO)
    assert not {"/Names", "/Outlines", "/OpenAction", "/StructTreeRoot"} & set(done.Root.keys())
    assert "/Annots" not in done.pages[0]
    assert done.docinfo["/GTS_PDFXVersion"] == "PDF/X-1:2001"
    assert [str(done.docinfo[key]) for key in ("/Trapped", "/ModDate")] == ["/False", "D:20251006000000Z"]
    assert (tmp_path / "made.pdf").read_bytes().startswith(b"%PDF-1.3")
    first = (tmp_path / "made.pdf").read_bytes()
    good(pdf, tmp_path, MONO)
    assert (tmp_path / "made.pdf").read_bytes() == first


def test_neither_zone_nor_language_nor_chance_changes_a_byte(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    a_page(pdf, f"1 0 0 rg {TEXT} 0 g {TEXT}")
    pdf.save(tmp_path / "laid-out.pdf")
    script = (
        "import sys; from pathlib import Path; from press.pages import FACTS, cmyk;"
        "from overprint.press.finish import finish;"
        "folder = Path(sys.argv[1]);"
        "finish(folder / 'laid-out.pdf', folder / sys.argv[2], cmyk(folder), **FACTS)"
    )
    places = {"PYTHONPATH": os.pathsep.join(sys.path)}
    for name, where in (
        ("one.pdf", {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        ("two.pdf", {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"}),
    ):
        subprocess.run([sys.executable, "-c", script, str(tmp_path), name], check=True, env=os.environ | places | where)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_printer_who_wants_no_metadata_gets_none(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    a_page(pdf, TEXT)
    pdf.docinfo["/Title"] = "The Sleeper Car"
    bare = Profile("kdp", "", colour="mono", pdf_version="1.4", metadata=False)
    done = good(pdf, tmp_path, bare)
    assert not done.docinfo
    assert "/Metadata" not in done.Root


def test_a_named_ink_takes_the_place_of_its_colour_alone(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    a_page(pdf, f"0.659 0.137 0.102 rg {TEXT} 0.6 0.2 0.1 rg {TEXT} 0 g {TEXT}")
    spot = Spot("PANTONE 485 C", (168 / 255, 35 / 255, 26 / 255), (0, 0.95, 1, 0))
    done = good(pdf, tmp_path, cmyk(tmp_path, spot=spot))
    assert painted(done.pages[0])[2:5] == ["/spot cs", "1 scn", "Tj"]
    assert painted(done.pages[0]).count("/spot cs") == 1
    _, name, device, tint = done.pages[0].resources.ColorSpace["/spot"]
    assert (str(name), str(device)) == ("/PANTONE 485 C", "/DeviceCMYK")
    assert [float(each) for each in tint.C1] == [0, 0.95, 1, 0]


def test_postscript_outlines_leave_their_opentype_file(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    page = a_page(pdf, TEXT)
    head = (
        b"OTTO"
        + (1).to_bytes(2, "big")
        + bytes(6)
        + b"CFF "
        + bytes(4)
        + (28).to_bytes(4, "big")
        + (5).to_bytes(4, "big")
    )
    file = pdf.make_stream(head + b"bytes", Subtype=Name.OpenType)
    descriptor = Dictionary(Type=Name.FontDescriptor, FontFile3=file)
    below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType0, FontDescriptor=descriptor)
    page.obj.Resources.Font.F = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, DescendantFonts=[pdf.make_indirect(below)]
    )
    done = good(pdf, tmp_path, MONO)
    inner = done.pages[0].resources.Font.F.DescendantFonts[0].FontDescriptor.FontFile3
    assert (inner.Subtype, inner.read_bytes()) == (Name.CIDFontType0C, b"bytes")


needs_ghostscript = _needs("the ink's meter", "gs")


@needs_ghostscript
@pytest.mark.parametrize("colour", ["mono", "cmyk"])
def test_text_pages_have_black_ink_alone(pdf: pikepdf.Pdf, tmp_path: Path, colour: str) -> None:
    a_page(pdf, f"0 0 0 rg {TEXT} 0.2 0.2 0.2 RG 0 0 m 200 300 l S")
    good(pdf, tmp_path, MONO if colour == "mono" else cmyk(tmp_path, "x1a"))
    gs = [str(shutil.which("gs")), "-q", "-o", "-", "-sDEVICE=inkcov", str(tmp_path / "made.pdf")]
    cyan, magenta, yellow, black = subprocess.run(gs, capture_output=True, text=True, check=True).stdout.split()[:4]
    assert [float(each) for each in (cyan, magenta, yellow)] == [0, 0, 0]
    assert float(black) > 0
