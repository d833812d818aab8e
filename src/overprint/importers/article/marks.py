"""How pages mark what is the article and what is not: element names, roles and words of class and id."""

from __future__ import annotations

import re
from functools import lru_cache

from overprint.importers.article.blocks import Element, collapse, tag

NAVIGATION, SHARING, RELATED = "site navigation", "share buttons", "links to other pages"
NEWSLETTER, ADVERT, COMMENTS = "newsletter or subscription box", "advertisement", "comment section"
FORM, META, TOOLS, SIDEBAR = "form", "byline, date, tags or categories", "buttons and tools", "side column"
FOOTER, HEADER, NOTICE, BIO = "page footer", "page header", "notice of the site", "author box"
SHOW = "slide show"

TAGS = {"nav": NAVIGATION, "form": FORM, "button": TOOLS, "input": FORM, "select": FORM, "textarea": FORM}
ROLES = {
    "navigation": NAVIGATION,
    "search": FORM,
    "form": FORM,
    "dialog": NOTICE,
    "alertdialog": NOTICE,
    "toolbar": TOOLS,
    "menu": NAVIGATION,
    "menubar": NAVIGATION,
    "contentinfo": FOOTER,
    "banner": HEADER,
}


def _family(*, exact: str = "", start: str = "", end: str = "", inside: str = "") -> re.Pattern[str]:
    """Return a pattern for names that are these words, or begin with, end with or hold them as whole parts."""
    ways = (
        (r"{}", exact),
        (r"{}(?:-\S*)?", start),
        (r"(?:\S*-)?{}", end),
        (r"(?:\S*-)?{}(?:-\S*)?", inside),
    )
    patterns = [way.format(f"(?:{'|'.join(words.split())})") for way, words in ways if words]
    return re.compile(rf"(?:^| )(?:{'|'.join(patterns)})(?= |$)")


ARTICLES = "(?:post|entry|article|story|blog|content|page|single)"
FAMILIES = (
    (
        BIO,
        _family(
            exact=f"{ARTICLES}-author post-authors author-vcard vcard-author",
            start="saboxplugin abh-box m-a-box pp-multiple-authors molongui",
            inside="authors?-?(?:bio|box|info|desc|description|about|card|profile|details|block|module|bios|footer|"
            "note) "
            r"authors?-\S*bio (?:bio|about)-?(?:the-)?authors? contributor-?(?:bio|info) writer-?bio article-?bio",
        ),
    ),
    (
        SHARING,
        _family(
            exact="share shares shared sharing social socials social-media fb-like ssba likes",
            start="sharedaddy sd-block sd-social sd-sharing sd-like addtoany a2a addthis sharethis heateor "
            "shariff "
            "twitter-share fb-share likebtn jetpack-likes post-likes tweet-button pinit pin-it gigya-share "
            "st-sharethis",
            inside="share-?(?:this|bar|buttons?|links?|tools?|icons?|post|counts?|box|widget|container|list|menu|"
            "block|area|wrap) "
            "(?:social|article|post|entry|sticky|page|story)-?(?:share|sharing|icons?|links?|buttons?|bar|tools?|nav|"
            "bookmarks?|networks?)",
            end="sharing social-list",
        ),
    ),
    (
        RELATED,
        _family(
            exact="recent popular trending also-read see-also-links nav-links nav-below nav-above nav-single "
            "nav-previous nav-next",
            start="yarpp zergnet outbrain ob-widget taboola trc jp-relatedposts crp-related recirc prev-next next-prev",
            inside="related relateds recommended recommendations recirculation more-(?:from|stories|posts|articles|"
            "news|like-this|on-this) "
            "(?:popular|latest|recent|similar|other)-?(?:posts?|articles?|stories|news|reads?) relatedposts "
            "relatedarticles "
            "relatedcontent most-(?:read|popular|shared|viewed) you-may-(?:also-)?like also-?like read-?next up-?next "
            "next-(?:article|story|post) (?:post|posts|entry)-?nav(?:igation)? further-reading",
        ),
    ),
    (
        NEWSLETTER,
        _family(
            exact="subscribe subscription signup sign-up optin opt-in donate donation paywall membership patreon",
            start="mailchimp mc-embed mc4wp jetpack-subscribe jetpack-subscription piano",
            inside="newsletters? (?:subscribe|subscription|signup|sign-up|optin|opt-in|donate|donation|paywall)-?"
            "(?:box|form|widget|banner|wrap|wrapper|block|prompt|cta|container|message|section|module) "
            "subscribe-widget",
        ),
    ),
    (
        ADVERT,
        _family(
            exact="ad ads advert adverts adsense sponsor sponsored sponsors promo promos promotion commercial "
            "anzeige werbung "
            "reklame publicite wpcnt",
            start="adsbygoogle dfp gpt-ad google-ad google-ads wordads div-gpt adslot ad-slot",
            inside="advertisements? advertising advertisment ad-?(?:slot|unit|container|wrapper|box|banner|block|"
            "break|holder|label|placeholder|"
            "area|zone|space|inline|text) sponsored-?(?:content|links?|post) promo-?(?:box|block|unit|banner)",
            end="ad ads adv",
        ),
    ),
    (
        COMMENTS,
        _family(
            exact="comments respond commentlist commentaires kommentare comentarios responses discussion comment-list",
            start="comments-area comments-section comments-wrap comments-link comments-title comments-container "
            "comments-template "
            "comment-respond comment-form comment-count comment-link comment-thread disqus wpdiscuz fb-comments "
            "livefyre",
            inside="(?:post|entry|article|show|view|leave|add)-?comments? comments?-(?:section|area|wrapper|button|"
            "bubble|number)",
        ),
    ),
    (
        NAVIGATION,
        _family(
            exact="menu crumbs crumb pager paging noprint catlinks hatnote navbox printfooter nav navbar "
            "mw-jump-link headerlink "
            "hash-link anchor-link anchorjs-link permalink",
            start="skip-link skiplink main-nav site-nav sub-menu page-links mw-editsection back-to-top backtotop "
            "vertical-navbox",
            inside="breadcrumbs? pagination navigation pagenavi jump-?links?",
            end="navbar pager",
        ),
    ),
    (
        META,
        _family(
            exact="dateline timestamp tags tag-list taglist tags-links cat-links postmeta byline by-line meta "
            "keywords metadata "
            "publish-date published-date date-published posted-on posted-by posted-in pubdate author-name authors "
            "author dateposted",
            start="byline by-line filed-under",
            inside=f"{ARTICLES}-?(?:meta|metadata|info|byline|by-line|date|tags?|categor(?:y|ies)|details|utility|"
            f"terms|taxonomy|timestamp|time) "
            "tag-?(?:links|cloud|container) reading-?time read-?time time-?to-?read (?:view|word)-?count post-?views",
            end="byline timestamp dateline",
        ),
    ),
    (
        TOOLS,
        _family(
            exact="print toolbar toolbox toolset tools rating ratings vote votes clap claps btn-group edit-link "
            "post-edit-link",
            start="kk-star-ratings star-rating wp-postratings post-ratings gtranslate speechify",
            inside="print-?(?:button|link|friendly|page|only) printfriendly (?:article|post|page|story)-?(?:tools|"
            "actions|controls|ratings?|buttons) "
            "action-?(?:bar|buttons) font-?sizer? text-?sizer? copy-?button bookmark-?button",
        ),
    ),
    (
        NOTICE,
        _family(
            exact="copyright disclaimer popup modal overlay login register follow follow-us hidden visually-hidden "
            "visuallyhidden sr-only "
            "screen-reader-text screenreader assistive-text element-invisible",
            start="cookie gdpr",
            inside="cookie-?(?:banner|notice|consent|bar|law) pop-?up login-?form site-?(?:info|notice) "
            "app-?(?:download|banner|promo) follow-?(?:us|button|author)",
        ),
    ),
    (
        SIDEBAR,
        _family(
            exact="rail widget widgets secondary",
            start="sidebar",
            inside="sidebar side-bar right-?rail left-?rail widget-?area",
        ),
    ),
    (FOOTER, _family(exact="colophon footer-links footer-nav", inside="(?:site|page|main|global)-?footer")),
    (SHOW, _family(inside="slideshow slide-show full-gallery photo-?carousel")),
)
WEAK = _family(
    inside="footer foot aside meta tools? links? info extra bottom teasers? infobox widget callout cta subnav module "
    "author byline category tags? bar "
    "source button btn topics? sticky carousel slider slideshow player poll quiz event product toc more promo insert "
    "read-?more readmore recipe-card "
    "box related ads? share social",
)
BODY = _family(
    inside="articlebody e-content entry-?content post-?content article-?(?:body|content|text) post-?(?:body|text) "
    "story-?(?:body|content|text) "
    "main-?content page-?content content-?body body-?(?:copy|text|content) rich-?text prose available-content "
    "td-post-content field-name-body "
    "text-?content markdown-body mw-parser-output node-?content blog-?(?:post|entry)",
    exact="hentry h-entry type-post entry post article",
)
ANCHORS = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd blockquote figure table tr td th tbody".split())


@lru_cache(maxsize=8192)
def _names(marks: str) -> str:
    split = re.sub(r"([a-z])([A-Z])", r"\1-\2", marks).lower()
    return collapse(re.sub(r"[_:.]+", "-", split.replace("--", " ")))


def names(element: Element) -> str:
    """Return class and id in one form: lower case, words parted by hyphens, names by spaces."""
    ident, classes = element.get("id") or "", element.get("class") or ""
    if not (ident or classes):
        return ""
    # The id of a paragraph or a section is an anchor made of the essay's own words.
    if ident and (tag(element) in ANCHORS or ident.count("-") > 2 or _is_anchor(element, ident)):
        ident = ""
    return _names(f"{classes[:1000]} {ident[:200]}")


def _is_anchor(element: Element, ident: str) -> bool:
    first = next((each for each in element.iter("h1", "h2", "h3", "h4", "h5", "h6")), None)
    said = "".join(re.findall(r"\w+", "".join(map(str, first.itertext())).lower())) if first is not None else ""
    return bool(said) and re.sub(r"[\W_]+", "", ident.lower()) in said


@lru_cache(maxsize=8192)
def _reason(marks: str) -> str:
    return next((reason for reason, pattern in FAMILIES if pattern.search(marks)), "")


def reason(element: Element) -> str:
    """Say why an element is no part of an article, by its name, role, class or id; empty when nothing says so."""
    name = tag(element)
    if name in TAGS:
        return TAGS[name]
    if not element.keys():
        return ""
    return ROLES.get((element.get("role") or "").lower()) or _reason(names(element))


@lru_cache(maxsize=8192)
def _weak(marks: str) -> bool:
    return bool(WEAK.search(marks))


def doubtful(element: Element) -> bool:
    """Tell whether an element's marks make it likely, not certain, that it is no part of the article."""
    return tag(element) in ("aside", "footer", "header") or _weak(names(element))


def holds_article(element: Element) -> bool:
    """Tell whether an element is marked as the body of an article."""
    prop = (element.get("itemprop") or "").lower()
    return tag(element) == "article" or "articlebody" in prop or bool(BODY.search(names(element)))
