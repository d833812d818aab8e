"""The page of `overprint preview` in a real browser."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route, expect, sync_playwright

import books
import judges
import overprint

pytestmark = judges.needs_chromium

STATIC = Path(overprint.__file__).parent / "preview" / "static"
ESSAY = "manuscript/essays/01-bees/essay.md"
COMMENTS = "manuscript/essays/01-bees/comments.md"
READER = "#screen iframe:not(.coming)"
"""The frame in sight; another may be on its way."""
PATIENCE = 30_000
"""How long a test waits for the page, in milliseconds, before it gives up."""


class Preview:
    """`overprint preview` of a small book, which can be killed and started again."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = 0
        self.address = ""
        self.start()

    def start(self) -> None:
        said = self.root / "said.txt"
        command = [sys.executable, "-m", "overprint", "-C", str(self.root), "preview", "--port", str(self.port)]
        with said.open("w") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/\S+/", said.read_text("utf-8"))):
            assert self.process.poll() is None, said.read_text("utf-8")
            time.sleep(0.05)
        self.address, self.port = found[0], int(found[1])

    def end(self, how: signal.Signals) -> None:
        self.process.send_signal(how)
        self.process.wait(30)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A server with the small book of tests."""
    started = Preview(books.write(tmp_path_factory.mktemp("preview")))
    yield started
    started.end(signal.SIGTERM)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def manuscript(preview: Preview) -> Iterator[Path]:
    """The small book's folder; its files are good again afterwards."""
    yield preview.root
    for path, text in books.GOOD.items():
        if (preview.root / path).read_text("utf-8") != text:
            (preview.root / path).write_text(text, "utf-8", newline="")


class Watched:
    """What a tab complained of, and what it asked for."""

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._request)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)


Open = Callable[..., tuple[Page, Watched]]


@pytest.fixture
def open_tab(browser: Browser, preview: Preview) -> Iterator[Open]:
    """Open the page in a tab of its own; it must ask for nothing elsewhere, and complain of nothing."""
    contexts: list[BrowserContext] = []
    tabs: list[Watched] = []

    def opened(view: str = "pages", **options: Any) -> tuple[Page, Watched]:
        options = {"viewport": {"width": 1400, "height": 900}} | options
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        tabs.append(Watched(page))
        page.goto(f"{preview.address}#/{view}")
        expect(page.locator("#figures")).to_contain_text(re.compile("[1-9] pages"))
        return page, tabs[-1]

    yield opened
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()
    for each in tabs:
        assert each.complaints == []
        assert [url for url in each.asked if not url.startswith((preview.address, "blob:", "data:"))] == []


def labels(page: Page) -> list[str]:
    """Return the texts of the page pictures in sight."""
    return [each.get_attribute("alt") or "" for each in page.locator("#stage .page img").all()]


def see(page: Page, *wanted: str) -> None:
    """Wait until these pages are in sight."""
    for label in wanted:
        expect(page.get_by_role("img", name=label, exact=True)).to_be_visible(timeout=PATIENCE)
    assert labels(page) == list(wanted)


def settled(page: Page) -> None:
    """Wait until no build is under way and the manuscript is in order."""
    page.wait_for_function(
        "fetch('state').then((answer) => answer.json()).then((state) => !state.building && !state.stale)",
    )


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Change the one place of a file that reads `old`."""
    text = (root / path).read_text("utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), "utf-8", newline="")


def test_pages_lie_as_bound_and_turn(open_tab: Open) -> None:
    page, _ = open_tab()
    see(page, "Page i")
    expect(page.locator("#stage .page.none")).to_have_count(1)
    alone = page.locator("#stage .page.recto").bounding_box()
    spread = page.locator("#stage .spread").bounding_box()
    assert alone
    assert spread
    assert alone["x"] >= spread["x"] + spread["width"] / 2
    for key, seen in (
        ("ArrowRight", ("Page ii", "Page iii")),
        ("PageDown", ("Page iv", "Page v")),
        ("ArrowLeft", ("Page ii", "Page iii")),
        ("PageUp", ("Page i",)),
    ):
        page.keyboard.press(key)
        see(page, *seen)
    page.locator("#stage .page.recto").click()
    see(page, "Page ii", "Page iii")
    page.locator("#stage .page.verso").click()
    see(page, "Page i")
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Turn on")).to_be_disabled()
    page.keyboard.press("Home")
    see(page, "Page i")


def test_a_page_is_found_by_its_label(open_tab: Open) -> None:
    page, _ = open_tab()
    page.get_by_label("Page", exact=True).fill("iii")
    page.keyboard.press("Enter")
    see(page, "Page ii", "Page iii")
    expect(page.get_by_role("status")).to_have_text("Pages ii and iii")
    page.get_by_label("Page", exact=True).fill("999")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("There is no page “999”")
    see(page, "Page ii", "Page iii")


def test_contact_sheet_and_guides(open_tab: Open) -> None:
    page, _ = open_tab()
    see(page, "Page i")
    page.keyboard.press("g")
    expect(page.locator("#stage svg rect.margins")).to_have_count(1)
    assert page.locator("#stage svg line.grid").count() > 20
    page.keyboard.press("g")
    expect(page.locator("#stage svg")).to_have_count(0)
    page.keyboard.press("c")
    thumb = page.get_by_role("button", name="Pages ii and iii")
    expect(thumb.locator("img")).to_have_count(2)
    thumb.click()
    see(page, "Page ii", "Page iii")
    page.keyboard.press("1")
    trim = page.evaluate("fetch('state').then((answer) => answer.json()).then((state) => state.trim)")
    expect(page.locator("#stage .page").first).to_have_css("width", f"{trim[0] * 96 / 72:g}px")


def test_an_edit_shows_where_you_are(open_tab: Open, manuscript: Path) -> None:
    page, watched = open_tab()
    page.get_by_label("Page", exact=True).fill("1")
    page.keyboard.press("Enter")
    spread = page.locator("#stage .page img[alt='Page 1']")
    expect(spread).to_be_visible()
    frame = page.frame_locator(READER)
    expect(frame.get_by_text("It is sweet.")).to_be_attached()
    settled(page)
    before = page.locator("#stage .page[data-picture]").evaluate_all("(all) => all.map((each) => each.dataset.picture)")
    # The page must never be without its pictures on the way.
    page.evaluate(
        """() => {
          window.bare = 0;
          const look = () => (window.bare += document.querySelectorAll("#stage .page img").length === 0);
          new MutationObserver(look).observe(document.getElementById("stage"), { childList: true, subtree: true });
        }"""
    )
    watched.asked.clear()
    edit(manuscript, ESSAY, "It is sweet.", "It is bitter, they say.")
    expect(frame.get_by_text("It is bitter, they say.")).to_be_attached(timeout=PATIENCE)
    page.wait_for_function(
        """(before) => [...document.querySelectorAll("#stage .page[data-picture]")].some(
          (each) => !before.includes(each.dataset.picture),
        )""",
        arg=before,
    )
    expect(spread).to_be_visible()
    assert page.evaluate("window.bare") == 0
    settled(page)
    loaded = {url.split("/page/")[1].split(".png")[0] for url in watched.asked if "/page/" in url}
    assert loaded, watched.asked
    assert "0" not in loaded


def test_a_style_and_the_book_file_show_too(open_tab: Open, manuscript: Path) -> None:
    page, _ = open_tab()
    frame = page.frame_locator(READER)
    page.locator("#chapter").select_option(label="On Bees")
    paragraph = frame.get_by_text("It is sweet.")
    expect(paragraph).to_be_attached()
    style = manuscript / "styles" / "epub.css"
    style.parent.mkdir()
    try:
        style.write_text("p { text-indent: 77px; }\n", "utf-8")
        expect(frame.get_by_text("It is sweet.")).to_have_css("text-indent", "77px")
    finally:
        shutil.rmtree(style.parent)
    edit(manuscript, "manuscript/book.yaml", "title: Small Book", "title: Smaller Book")
    expect(page.locator("#title")).to_have_text("Smaller Book")
    expect(frame.get_by_text("It is sweet.")).not_to_have_css("text-indent", "77px")


def test_a_comment_is_picked_with_the_mouse_and_put_back(open_tab: Open, manuscript: Path) -> None:
    page, _ = open_tab("comments")
    good = books.text("comments")
    tick = page.get_by_role("checkbox", name="Print comment 1 by Rowan Tull")
    expect(tick).to_be_checked()
    tick.click()
    expect(page.get_by_role("status")).to_have_text("Comment 1 is left out")
    expect(tick).not_to_be_checked()
    assert (manuscript / COMMENTS).read_text("utf-8") == good.replace("include: yes", "include: no", 1)
    page.get_by_role("button", name="Undo").click()
    expect(tick).to_be_checked()
    assert (manuscript / COMMENTS).read_text("utf-8") == good
    settled(page)


def test_a_comment_is_picked_with_keys(open_tab: Open, manuscript: Path) -> None:
    page, _ = open_tab("comments")
    expect(page.locator(".letter")).to_have_count(3)
    page.keyboard.press("j")
    expect(page.locator(".letter").first).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_role("status")).to_have_text("Comment 1 is left out")
    expect(page.locator(".letter").nth(1)).to_be_focused()
    good = books.text("comments")
    assert (manuscript / COMMENTS).read_text("utf-8") == good.replace("include: yes", "include: no", 1)
    page.keyboard.press("u")
    expect(page.get_by_role("checkbox", name="Print comment 1 by Rowan Tull")).to_be_checked()
    settled(page)


def test_consent_order_and_a_trim_are_written(open_tab: Open, manuscript: Path) -> None:
    page, _ = open_tab("comments")
    good = books.text("comments")
    first = page.get_by_role("listitem", name="Comment 1 by Rowan Tull")
    first.get_by_label("Consent").select_option("pending")
    expect(page.get_by_role("status")).to_have_text("Consent for comment 1: pending")
    first.get_by_label("Note").fill("e-mail, 3 March: “yes”")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Note on comment 1 kept")
    text = (manuscript / COMMENTS).read_text("utf-8")
    assert "\nconsent: pending\n" in text
    assert re.search("\nconsent_note: .*e-mail, 3 March: .*yes", text)
    assert text.count("\n") == good.count("\n") + 1

    first.get_by_role("button", name="Trim…").click()
    source = first.get_by_role("textbox", name="The comment as written")
    expect(source).to_have_value(re.compile("I keep wasps."))
    source.evaluate("(area) => area.setSelectionRange(2, 6)")
    first.get_by_role("button", name="Leave out what is selected").click()
    expect(first.locator(".body")).to_have_text("I […] wasps.")
    assert "\nI […] wasps.\n" in (manuscript / COMMENTS).read_text("utf-8")

    page.get_by_role("listitem", name="Comment 2 by Jane").get_by_role("button", name="Move up").click()
    expect(page.locator(".letter").first).to_have_attribute("data-number", "2")
    text = (manuscript / COMMENTS).read_text("utf-8")
    assert text.index("Never printed: marmalade.") < text.index("I […] wasps.")


def test_words_selected_in_a_comment_are_left_out(open_tab: Open, manuscript: Path) -> None:
    page, _ = open_tab("comments")
    third = page.get_by_role("listitem", name=re.compile("Comment 3"))
    third.locator(".body p").select_text()
    third.get_by_role("button", name="Leave out the selection").click()
    expect(third.locator(".body")).to_have_text("[…]")
    assert (manuscript / COMMENTS).read_text("utf-8") == books.text("comments").replace("Wasps are busy too.", "[…]")


def test_a_broken_manuscript_keeps_the_last_book(open_tab: Open, manuscript: Path) -> None:
    page, _ = open_tab()
    see(page, "Page i")
    edit(manuscript, ESSAY, "title: On Bees\n", "")
    expect(page.get_by_role("alert")).to_have_text(
        "The manuscript is broken: this is the last good book", timeout=PATIENCE
    )
    see(page, "Page i")
    finding = page.locator("#found button").filter(has_text="`title`").first
    finding.click()
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"{ESSAY}:")
    page.locator("#severities button.error").click()
    expect(finding).to_have_count(0)
    edit(manuscript, ESSAY, "authors: [ada-quill]", "title: On Bees\nauthors: [ada-quill]")
    expect(page.locator("#broken")).to_be_hidden(timeout=PATIENCE)
    expect(page.get_by_role("status")).to_have_text("The manuscript is mended.")


def test_two_tabs_show_the_same(open_tab: Open, manuscript: Path) -> None:
    here, _ = open_tab("comments")
    there, _ = open_tab("comments")
    here.get_by_role("checkbox", name="Print comment 3").click()
    expect(there.get_by_role("checkbox", name="Print comment 3")).not_to_be_checked(timeout=PATIENCE)
    there.get_by_role("button", name="Undo").click()
    expect(here.get_by_role("checkbox", name="Print comment 3")).to_be_checked(timeout=PATIENCE)
    assert (manuscript / COMMENTS).read_text("utf-8") == books.text("comments")


def test_the_reader_shows_light_and_size_and_runs_no_script(open_tab: Open) -> None:
    page, watched = open_tab()
    expect(page.locator(READER)).to_have_attribute("sandbox", "allow-same-origin")
    inside = page.frame_locator(READER)
    light = inside.locator("body").evaluate("(body) => getComputedStyle(body).color")
    page.get_by_label("Dark").check()
    expect(inside.locator("body")).not_to_have_css("color", light)
    size = inside.locator("html").evaluate("(html) => parseFloat(getComputedStyle(html).fontSize)")
    page.get_by_label("Text size").select_option("200")
    expect(inside.locator("html")).to_have_css("font-size", f"{2 * size:g}px")
    page.get_by_label("Tablet").check()
    expect(page.locator("body")).to_have_attribute("data-device", "tablet")
    page.evaluate(
        """(reader) => {
          const text = document.querySelector(reader).contentDocument;
          const script = text.createElement("script");
          script.textContent = "top.ran = 1";
          text.body.append(script);
          text.body.setAttribute("onclick", "top.ran = 1");
          text.body.click();
        }""",
        READER,
    )
    assert page.evaluate("window.ran") is None
    assert watched.complaints
    assert all("script" in each for each in watched.complaints)
    watched.complaints.clear()


def test_the_reader_and_the_pages_follow_each_other(open_tab: Open, manuscript: Path) -> None:
    edit(manuscript, ESSAY, "It is sweet.", "It is sweet. They keep it in combs of wax, and so did we.\n\n" * 80)
    page, _ = open_tab()
    expect(page.locator("#labels option[value='5']")).to_be_attached()
    page.get_by_label("Page", exact=True).fill("1")
    page.keyboard.press("Enter")
    inside = page.frame_locator(READER)
    expect(inside.locator("#page-1")).to_be_attached()
    page.locator(READER).hover()
    for _ in range(100):  # a wheel that turns while the frame is being swapped moves nothing
        page.mouse.wheel(0, 400)
        if page.locator("#label").input_value() != "1":
            break
        page.wait_for_timeout(100)
    expect(page.get_by_label("Page", exact=True)).not_to_have_value("1")
    expect(page.locator("#stage .page img").first).not_to_have_attribute("alt", "Page 1")
    page.locator("#stage").press("Home")
    page.get_by_label("Page", exact=True).fill("2")
    page.keyboard.press("Enter")
    expect(inside.locator("#page-2")).to_be_in_viewport()


def test_a_finding_opens_in_the_editor(open_tab: Open, manuscript: Path) -> None:
    edit(manuscript, ESSAY, "title: On Bees\n", "")
    page, _ = open_tab()
    opened: list[Any] = []

    def state(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"editor": True})

    def take(route: Route) -> None:
        opened.append(route.request.post_data_json)
        route.fulfill(status=204)

    page.route("**/state", state)
    page.route("**/open", take)
    page.reload()
    page.locator("#found button").filter(has_text="`title`").first.click()
    expect(page.get_by_role("status")).to_have_text(re.compile(f"Opened {re.escape(ESSAY)}"))
    assert [set(each) for each in opened] == [{"path", "line", "column"}]
    assert opened[0]["path"] == ESSAY


def test_a_narrow_page_shows_one_view_at_a_time(open_tab: Open) -> None:
    page, _ = open_tab(viewport={"width": 400, "height": 800})
    see(page, "Page i")
    for name in ("Reader", "Cover", "Comments", "Findings", "Pages"):
        page.get_by_role("link", name=name).click()
        expect(page.locator("main > section:visible")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.keyboard.press("ArrowRight")
    see(page, "Page ii")


def test_every_control_has_a_name_and_a_place_in_the_order(open_tab: Open) -> None:
    page, _ = open_tab()
    for view in ("pages", "cover", "comments"):
        page.evaluate("(view) => location.replace(`#/${view}`)", view)
        expect(page.locator("body")).to_have_attribute("data-view", view)
        if view == "comments":
            expect(page.locator(".letter")).to_have_count(3)
        heard = page.locator("body").aria_snapshot()
        assert re.search(r"- (button|link|combobox|checkbox) \"", heard)
        assert re.findall(r"- (?:button|link|combobox|textbox|checkbox|radio)(?! \").*", heard) == []
    expect(page.locator(READER)).to_have_attribute("title", re.compile("E-book: ."))
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.textContent"))
    assert {"help-open", "essay", "fold"} <= reached


@judges.needs_axe
@pytest.mark.parametrize(
    ("width", "scheme", "views"),
    [(1400, "light", ("pages", "comments")), (400, "dark", ("reader", "cover", "findings"))],
)
def test_axe_finds_nothing_wrong(open_tab: Open, width: int, scheme: str, views: tuple[str, ...]) -> None:
    page, _ = open_tab(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.evaluate(judges.AXE.read_text("utf-8"))
    for view in views:
        page.evaluate("(view) => location.replace(`#/${view}`)", view)
        expect(page.locator("body")).to_have_attribute("data-view", view)
        settled(page)
        found = page.evaluate("axe.run(document, { iframes: false, resultTypes: ['violations'] })")
        assert [(view, each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


def test_the_server_may_be_killed_and_started_again(open_tab: Open, preview: Preview, manuscript: Path) -> None:
    page, watched = open_tab()
    page.keyboard.press("ArrowRight")
    see(page, "Page ii", "Page iii")
    preview.end(signal.SIGKILL)
    expect(page.get_by_role("alert")).to_have_text(re.compile("has ended"))
    see(page, "Page ii", "Page iii")
    preview.start()
    expect(page.locator("#broken")).to_be_hidden(timeout=PATIENCE)
    expect(page.get_by_role("status")).to_have_text("overprint preview is back.")
    edit(manuscript, "manuscript/book.yaml", "title: Small Book", "title: Other Book")
    expect(page.locator("#title")).to_have_text("Other Book")
    see(page, "Page ii", "Page iii")
    assert all("ERR_" in each or "Failed to load" in each for each in watched.complaints)
    watched.complaints.clear()


@pytest.mark.parametrize(
    ("source", "words", "found"),
    [
        ("I keep *wasps* at home.", "keep wasps at", [2, 17]),
        ("I keep wasps at home.", "keep wasps", [2, 12]),
        ("𝒻 “keep” it", "\u201ckeep\u201d", [2, 8]),
        ("He said 'no' -- twice.", "‘no’ – twice", [8, 21]),
        ("One\ntwo three", "One two", [0, 7]),
        ("no and no", "no", None),
        ("The *grass* grows.", "The grass", None),
        ("a (b) c", "(b)", [2, 5]),
    ],
)
def test_selected_words_are_found_in_the_source(
    words_page: Page, source: str, words: str, found: list[int] | None
) -> None:
    found_there = words_page.evaluate(
        "([source, words]) => import('./static/trim.js').then((module) => module.find(source, words))", [source, words]
    )
    assert found_there == found


@pytest.fixture(scope="module")
def words_page(browser: Browser, preview: Preview) -> Iterator[Page]:
    """A tab for trying the page's modules alone."""
    page = browser.new_page()
    page.goto(preview.address)
    yield page
    page.close()


def test_words_of_the_book_bring_nothing_with_them(words_page: Page) -> None:
    html = (
        "<p id=stage onclick=ran()>Good <em class=x>words</em><script>ran()</script><style>p{}</style>"
        "<a href='javascript:ran()'>link</a><img src=x onerror=ran() alt=bee></p>"
        "<form><input></form><svg><text>no</text></svg>"
    )
    left = words_page.evaluate(
        """(html) => import('./static/safe.js').then((module) => {
          const box = document.createElement("div");
          box.append(module.safe(html));
          return box.innerHTML;
        })""",
        html,
    )
    assert left == '<p>Good <em>words</em><span class="link" title="javascript:ran()">link</span>[bee]</p>'
