"""What a file says of itself: title, dates, standard, printing condition; the same for the same book."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from overprint.press.profile import Profile

SAYS = {
    ("x1a", "1.3"): {"/GTS_PDFXVersion": "PDF/X-1:2001", "/GTS_PDFXConformance": "PDF/X-1a:2001"},
    ("x1a", "1.4"): {"/GTS_PDFXVersion": "PDF/X-1a:2003"},
}
PDFX, PDFA = "http://www.npes.org/pdfx/ns/id/", "http://www.aiim.org/pdfa/ns/id/"
EXTENSION = f"""<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/X ID</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{PDFX}</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfxid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>GTS_PDFXVersion</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>the PDF/X standard that the file follows</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""PDF/A wants each property described that it does not know."""
COMPONENTS = {"mono": 1, "srgb": 3, "cmyk": 4}


def write(pdf: Any, profile: Profile, *, title: str, identifier: str, modified: str) -> None:
    """Say what the file is; `modified` is ISO 8601 in UTC. Without a standard it says what it said."""
    if not profile.metadata:
        for key in list(pdf.docinfo):
            del pdf.docinfo[key]
        _without(pdf.Root, "/Metadata")
    elif profile.standard:
        _name(pdf, profile, title, identifier, modified)
    if profile.intent:
        _intend(pdf, profile)


def strip(pdf: Any, profile: Profile) -> None:
    """Take out bookmarks, what links lead to, forms, scripts and tags, as far as the printer wants none."""
    gone = ["/AcroForm", "/OpenAction", "/AA", "/OutputIntents"] if profile.standard else []
    gone += [] if profile.outline else ["/Outlines", "/PageMode"]
    # What is tagged tells which link belongs to which words: without links there is no whole tree.
    gone += [] if profile.annotations else ["/Names", "/Dests"]
    if not (profile.annotations and profile.metadata):
        gone += ["/StructTreeRoot", "/MarkInfo", "/ViewerPreferences"]
    _without(pdf.Root, *gone)
    for page in pdf.pages:
        keys = [] if profile.annotations else ["/Annots", "/Tabs"]
        keys += [] if "/StructTreeRoot" in pdf.Root else ["/StructParents", "/Tabs"]
        keys += ["/AA"] if profile.standard else []
        _without(page.obj, *keys)


def _name(pdf: Any, profile: Profile, title: str, identifier: str, modified: str) -> None:
    from pikepdf import Name, String

    info = pdf.docinfo
    info["/Title"] = String(title)
    info["/CreationDate"] = info["/ModDate"] = String(f"D:{''.join(filter(str.isdigit, modified))[:14]:0<14}Z")
    info["/Trapped"] = Name("/False")
    for key, words in SAYS.get((profile.standard, profile.pdf_version), {}).items():
        info[key] = String(words)
    _without(pdf.Root, "/Metadata")
    own = uuid.uuid5(uuid.NAMESPACE_URL, f"{identifier} {profile.name} {modified}")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata.load_from_docinfo(
            {key: value for key, value in info.items() if not key.startswith(("/GTS", "/Trapped"))}
        )
        metadata["dc:title"] = title
        metadata["xmp:MetadataDate"] = metadata["xmp:ModifyDate"]
        metadata["xmpMM:DocumentID"] = f"uuid:{own}"
        metadata["xmpMM:RenditionClass"] = "default"
        metadata["xmpMM:VersionID"] = "1"
        if profile.standard == "x4":
            metadata[f"{{{PDFX}}}GTS_PDFXVersion"] = "PDF/X-4"
            metadata[f"{{{PDFA}}}part"], metadata[f"{{{PDFA}}}conformance"] = "2", "B"
    if profile.standard == "x4":
        written = pdf.Root.Metadata
        written.write(written.read_bytes().replace(b"</rdf:RDF>", EXTENSION.encode() + b"</rdf:RDF>", 1))


def _intend(pdf: Any, profile: Profile) -> None:
    """Name the printing condition, and embed its ICC profile where there is one; PDF/X-4 is PDF/A-2b with it."""
    from pikepdf import Array, Dictionary, Name, String

    intent = profile.intent
    if intent is None:
        return
    intents = Array()
    embedded = pdf.make_stream(Path(intent.icc).read_bytes()) if intent.icc else None
    if embedded is not None:
        embedded.N = COMPONENTS[profile.colour]
    kinds = {"x1a": ("GTS_PDFX",), "x4": ("GTS_PDFX", "GTS_PDFA1")}.get(profile.standard, ("GTS_PDFA1",))
    for kind in kinds:
        said = Dictionary(Type=Name.OutputIntent, S=Name(f"/{kind}"))
        said.OutputConditionIdentifier = said.OutputCondition = String(intent.identifier)
        for key, words in (("/RegistryName", intent.registry), ("/Info", intent.info)):
            if words:
                said[key] = String(words)
        if embedded is not None:
            said.DestOutputProfile = embedded
        intents.append(pdf.make_indirect(said))
    pdf.Root.OutputIntents = intents


def _without(holder: Any, *keys: str) -> None:
    for key in keys:
        if key in holder:
            del holder[key]
