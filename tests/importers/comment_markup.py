"""Small pages of our own in the markup of many systems, each with the comments that a reader sees in it.

A family is its HTML and its comments: id, name, date, words, the id that it answers, and its kind where it is none
of the usual ones. Every page holds what must not come along: buttons, votes, forms, badges, counters.
"""

from __future__ import annotations

from typing import NamedTuple


class Seen(NamedTuple):
    """A comment as a reader of the page sees it."""

    id: str
    author: str | None
    date: str | None
    words: str
    parent: str = ""
    kind: str = "comment"


def page(inner: str, *, head: str = "", lang: str = "en-GB") -> str:
    """Return a page with an essay and what follows it."""
    essay = '<article class="post" id="post-7"><h1>Tides</h1><p>The sea comes and goes, and nobody asks it why.</p></article>'
    return f'<!doctype html><html lang="{lang}"><head><title>Tides</title>{head}</head><body>{essay}{inner}</body></html>'


FORM = (
    '<div id="respond" class="comment-respond"><h3 id="reply-title">Leave a Reply</h3><form id="commentform">'
    '<p>Your email address will not be published.</p><textarea name="comment" id="comment"></textarea>'
    '<input type="submit" value="Post Comment"></form></div>'
)

FAMILIES: dict[str, tuple[str, list[Seen]]] = {}


def family(name: str, html: str, *seen: Seen) -> None:
    """Add a family."""
    FAMILIES[name] = html, list(seen)


family(
    "wordpress-html5",
    page(
        f"""<div id="comments" class="comments-area"><h2 class="comments-title">4 thoughts on “Tides”</h2>
<ol class="comment-list">
<li id="comment-11" class="comment even thread-even depth-1 parent"><article id="div-comment-11" class="comment-body">
 <footer class="comment-meta"><div class="comment-author vcard"><img alt="" class="avatar" src="https://secure.gravatar.com/avatar/0a1b">
 <b class="fn"><a href="https://example.org/" class="url">Ada Quill</a></b> <span class="says">says:</span></div>
 <div class="comment-metadata"><a href="#comment-11"><time datetime="2021-03-04T09:10:11+00:00">4 March 2021 at 9:10 am</time></a>
 <span class="edit-link"><a href="#">Edit</a></span></div>
 <em class="comment-awaiting-moderation">Your comment is awaiting moderation.</em></footer>
 <div class="comment-content"><p>It asks <em>us</em> why.</p><p>Every day.</p></div>
 <div class="reply"><a rel="nofollow" class="comment-reply-link" href="?replytocom=11#respond">Reply</a></div></article>
 <ol class="children"><li id="comment-12" class="comment byuser bypostauthor odd alt depth-2"><article id="div-comment-12" class="comment-body">
  <footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Ben Ode</b> <span class="says">says:</span></div>
  <div class="comment-metadata"><a href="#comment-12"><time datetime="2021-03-05T10:00:00+00:00">5 March 2021</time></a></div></footer>
  <div class="comment-content"><p>So it does.</p></div></article></li></ol></li>
<li id="comment-13" class="pingback even thread-odd depth-1"><div class="comment-body">Pingback: <a href="https://example.net/x" class="url">Tides and time</a> <span class="edit-link"></span></div></li>
<li id="comment-14" class="comment odd depth-1"><article id="div-comment-14" class="comment-body">
  <footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Cy</b> <span class="says">says:</span></div>
  <div class="comment-metadata"><a href="#comment-14"><time datetime="2021-03-06T10:00:00+00:00">6 March 2021</time></a></div></footer>
  <div class="comment-content"><blockquote><p>nobody asks it why</p></blockquote><p>I do.</p></div></article></li>
</ol>{FORM}</div><aside class="widget widget_recent_comments"><ul id="recentcomments"><li class="recentcomments"><span class="comment-author-link">Zed</span> on <a href="#comment-99">Hills</a></li></ul></aside>"""
    ),
    Seen("11", "Ada Quill", "2021-03-04", "It asks us why. Every day."),
    Seen("12", "Ben Ode", "2021-03-05", "So it does.", "11"),
    Seen("13", "Tides and time", None, "", kind="pingback"),
    Seen("14", "Cy", "2021-03-06", "nobody asks it why I do."),
)

family(
    "wordpress-old",
    page(
        f"""<h3 id="comments">2 Antworten zu „Tides“</h3><ol class="commentlist">
<li class="comment even depth-1" id="comment-21"><div id="div-comment-21" class="comment-body">
<div class="comment-author vcard"><img class="avatar" src="a.png"><cite class="fn">Grete Moor</cite> <span class="says">sagt:</span></div>
<div class="comment-meta commentmetadata"><a href="#comment-21">26. März 2008 um 21:07</a>&nbsp;&nbsp;<a class="comment-edit-link" href="#">(Bearbeiten)</a></div>
<p>Das Meer antwortet nicht.<br>Aber es hört zu.</p><p>Grüße</p>
<div class="reply"><a class="comment-reply-link" href="?replytocom=21#respond">Antworten</a></div></div>
<ul class="children"><li class="comment odd depth-2" id="comment-22"><div id="div-comment-22" class="comment-body">
<div class="comment-author vcard"><cite class="fn">Hans</cite> <span class="says">sagt:</span></div>
<div class="comment-meta commentmetadata"><a href="#comment-22">1. April 2008 um 8:00</a></div><p>Stimmt.</p></div></li></ul></li></ol>{FORM}""",
        lang="de",
    ),
    Seen("21", "Grete Moor", "2008-03-26", "Das Meer antwortet nicht. Aber es hört zu. Grüße"),
    Seen("22", "Hans", "2008-04-01", "Stimmt.", "21"),
)

family(
    "wordpress-kubrick",
    page(
        """<h3 id="comments">2 Responses to &#8220;Tides&#8221;</h3><ol class="commentlist">
<li class="alt" id="comment-31"><cite><a href="https://example.org" rel="external nofollow">Ida</a></cite> Says:<br>
<small class="commentmetadata"><a href="#comment-31" title="">June 8th, 2006 at 3:10 pm</a> </small><p>First!</p></li>
<li id="comment-32"><cite>Jo</cite> Says:<br><small class="commentmetadata"><a href="#comment-32" title="">June 9th, 2006 at 3:10 pm</a></small>
<p>The book <cite>Salt</cite> says more.</p></li></ol>"""
    ),
    Seen("31", "Ida", "2006-06-08", "First!"),
    Seen("32", "Jo", "2006-06-09", "The book Salt says more."),
)

family(
    "wordpress-classic",
    page(
        """<h2 id="comments">2 Comments</h2><ol id="commentlist">
<li id="comment-33"><p>What of the moon?</p><p><cite>Comment by <a href="https://example.org">Kit Low</a> &#8212; 17.07.2011 @ <a href="#comment-33">13:04</a></cite></p></li>
<li id="comment-34"><p>What of it?</p><p><cite>Comment by Lou &#8212; 18.07.2011 @ <a href="#comment-34">13:04</a></cite></p></li></ol>"""
    ),
    Seen("33", "Kit Low", "2011-07-17", "What of the moon?"),
    Seen("34", "Lou", "2011-07-18", "What of it?"),
)

family(
    "wordpress-block",
    page(
        f"""<div class="wp-block-comments"><h2 class="wp-block-comments-title">2 responses to “Tides”</h2>
<ol class="wp-block-comment-template"><li id="comment-41" class="comment even thread-even depth-1"><div class="wp-block-columns">
<div class="wp-block-column"><div class="wp-block-avatar"><img class="avatar" src="x"></div></div><div class="wp-block-column">
<div class="wp-block-comment-author-name has-small-font-size"><a href="https://example.org">Mo Reed</a></div>
<div class="wp-block-group"><div class="wp-block-comment-date"><time datetime="2023-02-01T10:00:00+01:00"><a href="#comment-41">February 1, 2023</a></time></div>
<div class="wp-block-comment-edit-link"><a href="#">Edit</a></div></div>
<div class="wp-block-comment-content"><p>Lovely.</p></div><div class="wp-block-comment-reply-link"><a class="comment-reply-link" href="#">Reply</a></div></div></div>
<ol><li id="comment-42" class="comment odd depth-2"><div class="wp-block-columns"><div class="wp-block-comment-author-name">Nan</div>
<div class="wp-block-comment-date"><time datetime="2023-02-02T10:00:00+01:00">February 2, 2023</time></div>
<div class="wp-block-comment-content"><p>Quite.</p></div></div></li></ol></li></ol>{FORM}</div>
<ol class="wp-block-latest-comments"><li class="wp-block-latest-comments__comment"><article><footer class="wp-block-latest-comments__comment-meta"><a class="wp-block-latest-comments__comment-author">Zed</a> on <a href="#">Hills</a></footer></article></li></ol>"""
    ),
    Seen("41", "Mo Reed", "2023-02-01", "Lovely."),
    Seen("42", "Nan", "2023-02-02", "Quite.", "41"),
)

family(
    "wordpress-microdata",
    page(
        """<div class="entry-comments" id="comments"><h3>Comments</h3><ol class="comment-list">
<li class="comment even depth-1" id="comment-51"><article id="article-comment-51" itemprop="comment" itemscope itemtype="https://schema.org/Comment">
<header class="comment-header"><p class="comment-author" itemprop="author" itemscope itemtype="https://schema.org/Person"><img class="avatar" src="x">
<span itemprop="name">Oona Fell</span> <span class="says">says</span></p><p class="comment-meta"><time class="comment-time" datetime="2019-05-06T07:08:09-05:00" itemprop="datePublished">
<a class="comment-time-link" href="#comment-51" itemprop="url">May 6, 2019 at 7:08 am</a></time></p></header>
<div class="comment-content" itemprop="text"><p>Salt in everything.</p></div>
<div class="comment-reply"><a class="comment-reply-link" href="#">Reply</a></div></article></li></ol></div>"""
    ),
    Seen("51", "Oona Fell", "2019-05-06", "Salt in everything."),
)

family(
    "wordpress-author-badge",
    page(
        """<section id="comments"><ol class="commentlist"><li class="comment bypostauthor" id="comment-55"><div class="comment-wrap">
<div class="comment-author vcard"><span class="fn"><span class="post-author-label">Autor</span>Martha Rohr</span><time datetime="2020-01-02T03:04:05+01:00">2. Januar 2020</time></div>
<div class="comment-text"><p>Danke!</p></div></div></li>
<li class="comment" id="comment-56"><div class="comment-wrap"><div class="comment-author vcard"><cite class="fn">Nele <span>(Autor)</span></cite>
<a href="#comment-56">3. Januar 2020 um 10:00 Uhr</a></div><div class="comment-text"><p>Bitte.</p><div class="comment-rating"><span class="thumbs-up">Daumen hoch 3</span></div></div></div></li></ol></section>""",
        lang="de",
    ),
    Seen("55", "Martha Rohr", "2020-01-02", "Danke!"),
    Seen("56", "Nele", "2020-01-03", "Bitte."),
)

family(
    "wpdiscuz-5",
    page(
        """<div id="comments" class="comments-area"><div id="wpcomm"><div class="wc-thread-wrapper" id="wcThreadWrapper">
<div id="wc-comm-61_0" class="wc-comment wc-blog-guest wc_comment_level-1"><div class="wc-comment-left"><img class="avatar" src="x"><div class="wc-blog-guest wc-comment-label"><span>Guest</span></div></div>
<div id="comment-61" class="wc-comment-right"><div class="wc-comment-header"><div class="wc-comment-author">Pia</div><div class="wc-comment-link"><span>Share</span></div></div>
<div class="wc-comment-text"><p>Deep water.</p></div><div class="wc-comment-footer"><span class="wc-vote-result">3</span><span class="wc-reply-link">Reply</span>
<div class="wc-comment-date" title="4 May 2018 10:22">2 years ago</div></div></div></div>
<div id="wc-comm-62_61" class="wc-comment wc-reply wc_comment_level-2"><div id="comment-62" class="wc-comment-right"><div class="wc-comment-header"><div class="wc-comment-author"><a href="https://example.org">Quin</a></div></div>
<div class="wc-comment-text"><p>Deeper still.</p></div><div class="wc-comment-footer"><div class="wc-comment-date">5 May 2018 8:00</div></div></div></div></div></div></div>"""
    ),
    Seen("61", "Pia", "2018-05-04", "Deep water."),
    Seen("62", "Quin", "2018-05-05", "Deeper still.", "61"),
)

family(
    "wpdiscuz-7",
    page(
        """<div id="wpd-threads" class="wpd-thread-wrapper"><div class="wpd-thread-info" data-comments-count="2">2 Comments</div><div class="wpd-thread-list">
<div id="wpd-comm-71_0" class="comment even thread-even depth-1 wpd-comment wpd_comment_level-1"><div class="wpd-comment-wrap wpd-blog-guest">
<div class="wpd-comment-left"><div class="wpd-avatar"><img class="avatar" src="x"></div></div><div id="comment-71" class="wpd-comment-right"><div class="wpd-comment-header">
<div class="wpd-comment-author">Rae Holt</div><div class="wpd-comment-date" title="March 3, 2022 4:05 pm"><i></i> 1 year ago</div></div>
<div class="wpd-comment-text"><p>I swam there.</p></div><div class="wpd-comment-footer"><div class="wpd-vote"><div class="wpd-vote-result">0</div></div><div class="wpd-reply-button"><span>Reply</span></div></div></div></div>
<div id="wpdiscuz_form_anchor-71_0"></div><div id="wpd-comm-72_71" class="comment odd alt depth-2 wpd-comment wpd-reply wpd_comment_level-2"><div class="wpd-comment-wrap">
<div id="comment-72" class="wpd-comment-right"><div class="wpd-comment-header"><div class="wpd-comment-author">Sol</div><div class="wpd-comment-date" title="March 4, 2022 4:05 pm">1 year ago</div></div>
<div class="wpd-reply-to">Reply to&nbsp; <a href="#comment-71">Rae Holt</a></div><div class="wpd-comment-text"><p>Brave.</p></div></div></div></div></div></div></div>"""
    ),
    Seen("71", "Rae Holt", "2022-03-03", "I swam there."),
    Seen("72", "Sol", "2022-03-04", "Brave.", "71"),
)

family(
    "epoch",
    page(
        """<div id="epoch-wrap" class="comments-area"><div id="epoch-comments"><div id="comment-81" data-comment-id="81"><article id="div-comment-81" class="epoch-comment-body epoch-single-comment">
<footer class="epoch-comment-meta"><div class="epoch-comment-author"><a href="#" class="epoch-author-avatar"><img class="avatar" src="x"></a><a class="epoch-author-link" href="#">Tam</a><span class="epoch-divide">·</span>
<a href="#" class="epoch-comment-link"><time datetime="comment_date">March 10, 2017 at 12:20 AM</time></a></div></footer><div class="epoch-comment-content"><p>Hm.</p></div>
<ul class="epoch-comment-actions"><li class="epoch-reply" data-comment-id="81"><a class="comment-reply-link" href="#">Reply</a></li></ul></article>
<div class="epoch-child child-of-81 level-1"><div id="comment-82" data-comment-id="82"><article id="div-comment-82" class="epoch-comment-body epoch-single-comment"><footer class="epoch-comment-meta"><div class="epoch-comment-author">
<a class="epoch-author-link" href="#">Uma</a> <time datetime="comment_date">March 11, 2017 at 12:20 AM</time></div></footer><div class="epoch-comment-content"><p>Hm indeed.</p></div></article></div></div></div></div></div>"""
    ),
    Seen("81", "Tam", "2017-03-10", "Hm."),
    Seen("82", "Uma", "2017-03-11", "Hm indeed.", "81"),
)

family(
    "highlander",
    page(
        """<div id="comments"><h2>2 Comments</h2><ul class="commentlist"><li class="comment depth-1 highlander-comment" id="comment-91"><cite class="comment-author"><img class="avatar" src="x"><a class="url" href="#">Vi</a></cite>
<small class="commentmetadata"><a href="#comment-91" title="">Jun 20th, 2019 at 2:41 am</a></small><div class="contenttext"><p>Yes.</p>
<p id="comment-like-91" class="comment-likes comment-not-liked"><a href="#" class="comment-like-link"><span>Like</span></a><span id="comment-like-count-91" class="comment-like-feedback">Liked by <a href="#" class="view-likers">21 people</a></span></p></div></li>
<ul class="children"><li class="comment depth-2 highlander-comment" id="comment-92"><cite class="comment-author"><a class="url" href="#">Wyn</a></cite><small class="commentmetadata"><a href="#comment-92">Jun 21st, 2019 at 2:41 am</a></small><div class="contenttext"><p>No.</p></div></li></ul></ul></div>"""
    ),
    Seen("91", "Vi", "2019-06-20", "Yes."),
    Seen("92", "Wyn", "2019-06-21", "No.", "91"),
)

family(
    "drupal-7",
    page(
        """<div id="comments" class="comment-wrapper"><h2 class="title">Comments</h2><a id="comment-101"></a>
<div class="comment comment-by-anonymous clearfix"><h3><a href="/comment/101#comment-101" class="permalink" rel="bookmark">The sea comes</a></h3>
<div class="submitted">Submitted by <span class="username">Xan Pole</span> on Tue, 02/20/2018 - 14:05.</div><div class="content"><div class="field field-name-comment-body"><div class="field-items"><div class="field-item even"><p>The sea comes back.</p></div></div></div></div>
<ul class="links inline"><li class="comment-reply first last"><a href="/comment/reply/7/101">reply</a></li></ul></div>
<div class="indented"><a id="comment-102"></a><div class="comment clearfix"><h3><a href="/comment/102#comment-102">Does it?</a></h3><div class="submitted">Submitted by <span class="username">Yve</span> on Wed, 02/21/2018 - 09:00.</div>
<div class="content"><p>I have my doubts.</p></div><ul class="links inline"><li class="comment-reply"><a href="/comment/reply/7/102">reply</a></li></ul></div></div></div>"""
    ),
    Seen("101", "Xan Pole", "2018-02-20", "The sea comes back."),
    Seen("102", "Yve", "2018-02-21", "Does it? I have my doubts.", "101"),
)

family(
    "drupal-8",
    page(
        """<section id="node-article-comment"><h2 class="title">Commentaires</h2><a id="comment-111"></a><article data-comment-user-id="0" id="comment-111" class="js-comment comment">
<mark class="hidden" data-comment-timestamp="1583000000"></mark><footer class="comment__meta"><p class="comment__author">Par <span>Zoé Lune (non vérifié)</span></p><p class="comment__time">sam 29/02/2020 - 19:13</p><p class="comment__permalink"><a href="/comment/111#comment-111">Permalien</a></p></footer>
<div class="comment__content"><h3><a href="/comment/111#comment-111" class="permalink">Marée</a></h3><div class="clearfix text-formatted field field--name-comment-body field--label-hidden field__item"><p>Elle revient toujours.</p></div>
<ul class="links inline"><li class="comment-reply"><a href="/comment/reply/node/7/comment/111">Répondre</a></li></ul></div></article>
<div class="indented"><a id="comment-112"></a><article data-comment-user-id="3" id="comment-112" class="js-comment comment"><footer class="comment__meta"><p class="comment__author">Par <a class="username" href="/user/3">Aude</a></p><p class="comment__time">dim 01/03/2020 - 08:00</p></footer>
<div class="comment__content"><div class="field field--name-comment-body"><p>Hélas.</p></div></div></article></div></section>""",
        lang="fr",
    ),
    Seen("111", "Zoé Lune", "2020-02-29", "Marée Elle revient toujours."),
    Seen("112", "Aude", "2020-03-01", "Hélas.", "111"),
)

family(
    "blogger-old",
    page(
        """<div class="comments" id="comments"><h4>2 comments:</h4><dl id="comments-block">
<dt class="comment-author" id="c121"><a name="c121"></a><a href="https://example.org" rel="nofollow">Bea Sand</a> said...</dt>
<dd class="comment-body" id="Blog1_cmt-121"><p>Such a calm text.<br>Thank you.</p></dd><dd class="comment-footer"><span class="comment-timestamp"><a href="?showComment=1#c121" title="comment permalink">October 3, 2009 at 5:30 PM</a></span></dd>
<dt class="comment-author blog-author" id="c122"><a name="c122"></a>Cal said...</dt><dd class="comment-body"><p>You are welcome.</p></dd><dd class="comment-footer"><span class="comment-timestamp"><a href="#c122">October 4, 2009 at 9:00 AM</a></span></dd></dl>
<p class="comment-footer"><a href="#">Post a Comment</a></p></div>"""
    ),
    Seen("121", "Bea Sand", "2009-10-03", "Such a calm text. Thank you."),
    Seen("122", "Cal", "2009-10-04", "You are welcome."),
)

family(
    "blogger-threaded",
    page(
        """<section class="comments threaded" id="comments"><h3 class="title">2 comentarios:</h3><div id="comment-holder"><div id="bc_0_1B"><div id="top-ra" class="comment-thread"><ol id="top-ra">
<li class="comment" id="c131"><div class="avatar-image-container"><img src="x" alt=""></div><div class="comment-block"><div class="comment-header"><cite class="user"><a href="#" rel="nofollow">Diego Mar</a></cite><span class="icon user"></span><span class="datetime secondary-text"><a rel="nofollow" href="#c131">3 de marzo de 2015, 10:31</a></span></div>
<p class="comment-content">Qué bonito.<br><br>De verdad.</p><span class="comment-actions secondary-text"><a class="comment-reply" data-comment-id="131">Responder</a><span class="item-control"><a href="#">Eliminar</a></span></span></div>
<div class="comment-replies"><div id="c131-rt" class="comment-thread inline-thread"><span class="thread-toggle thread-expanded"><span class="thread-count"><a>Respuestas</a></span></span><ol id="c131-ra" class="thread-chrome thread-expanded"><div>
<li class="comment" id="c132"><div class="comment-block"><div class="comment-header"><cite class="user blog-author">Eva</cite><span class="datetime secondary-text"><a href="#c132">4 de marzo de 2015, 8:00</a></span></div><p class="comment-content">Gracias.</p><span class="comment-actions"><a>Eliminar</a></span></div></li></div></ol></div></div></li></ol></div></div></div></section>""",
        lang="es",
    ),
    Seen("131", "Diego Mar", "2015-03-03", "Qué bonito. De verdad."),
    Seen("132", "Eva", "2015-03-04", "Gracias.", "131"),
)

family(
    "movable-type",
    page(
        """<div id="comments" class="comments"><h2 class="comments-header">2 Comments</h2><div class="comments-content"><div id="comment-141" class="comment"><div class="inner"><div class="comment-header"><div class="asset-meta">
<span class="byline"><span class="vcard author">Finn Reef</span> said:</span> <a href="#comment-141"><abbr class="published" title="2009-11-12T08:00:00+00:00">November 12, 2009 8:00 AM</abbr></a></div></div><div class="comment-content"><p>Grand.</p></div><div class="comment-footer"><a href="#">Reply</a></div></div></div>
<div id="comment-142" class="comment comment-reply"><div class="inner"><div class="comment-header"><div class="asset-meta"><span class="byline"><span class="vcard author">Gail</span> <a href="#comment-141">replied to comment from Finn Reef</a></span> | <a href="#comment-142"><abbr class="published" title="2009-11-13T08:00:00+00:00">November 13, 2009 8:00 AM</abbr></a></div></div><div class="comment-content"><p>Grander.</p></div></div></div></div></div>"""
    ),
    Seen("141", "Finn Reef", "2009-11-12", "Grand."),
    Seen("142", "Gail", "2009-11-13", "Grander.", "141"),
)

family(
    "typepad",
    page(
        """<div class="comments" id="comments"><h2 class="comments-header">Comments</h2><div class="comments-body"><a id="comment-6a00d8341c0a5b"></a><div class="comment" id="comment-6a00d8341c0a5b-content"><div class="comment-content"><p>Just so.</p></div>
<p class="comment-footer">Posted by: <a rel="nofollow" href="https://example.org">Hal Stone</a> | <a href="#comment-6a00d8341c0a5b">March 03, 2006 at 10:33 AM</a></p></div>
<a id="comment-6a00d8341c0a5c"></a><div class="comment" id="comment-6a00d8341c0a5c-content"><div class="comment-content"><p>Not so.</p></div><p class="comment-footer">Posted by: Ivo | <a href="#comment-6a00d8341c0a5c">March 04, 2006 at 10:33 AM</a></p></div></div></div>"""
    ),
    Seen("6a00d8341c0a5b", "Hal Stone", "2006-03-03", "Just so."),
    Seen("6a00d8341c0a5c", "Ivo", "2006-03-04", "Not so."),
)

family(
    "movable-type-2",
    page(
        """<div class="comments-head"><a name="comments"></a>Comments</div><div class="comments-body"><a name="c151"></a><p>Old and true.</p><span class="comments-post">Posted by: Jan Wick at August 12, 2004 03:15 PM</span></div>
<div class="comments-body"><a name="c152"></a><p>Old at least.</p><span class="comments-post">Posted by: <a href="https://example.org">Kai</a> at August 13, 2004 03:15 PM</span></div>"""
    ),
    Seen("151", "Jan Wick", "2004-08-12", "Old and true."),
    Seen("152", "Kai", "2004-08-13", "Old at least."),
)

family(
    "serendipity",
    page(
        """<div class="serendipity_comments"><div class="serendipity_commentsTitle">Kommentare</div><a id="c161"></a><div id="serendipity_comment_161" class="serendipity_comment serendipity_comment_author_lea comment_oddbox" style="padding-left: 0px"><div class="serendipity_commentBody">Feines Stück.<br>Weiter so.</div>
<div class="serendipity_comment_source"><a class="comment_source_trace" href="#c161">#1</a> <span class="comment_source_author"><a href="https://example.org">Lea Watt</a></span> am <span class="comment_source_date">05.03.2009 12:33</span> (<a class="comment_reply" href="#">Antwort</a>)</div></div>
<a id="c162"></a><div id="serendipity_comment_162" class="serendipity_comment comment_evenbox" style="padding-left: 20px"><div class="serendipity_commentBody">Eben.</div><div class="serendipity_comment_source"><a class="comment_source_trace" href="#c162">#1.1</a> <span class="comment_source_author">Max</span> am <span class="comment_source_date">06.03.2009 12:33</span></div></div></div>""",
        lang="de",
    ),
    Seen("161", "Lea Watt", "2009-03-05", "Feines Stück. Weiter so."),
    Seen("162", "Max", "2009-03-06", "Eben.", "161"),
)

family(
    "dotclear",
    page(
        """<div id="comments"><h3>Commentaires</h3><dl><dt id="c171" class="odd first"><a href="#c171" class="comment-number">1.</a> Le lundi 3 mars 2008, 12:33 par <a href="https://example.org" rel="nofollow">Noé</a></dt><dd class="odd first"><p>Très juste.</p></dd>
<dt id="c172"><a href="#c172" class="comment-number">2.</a> Le mardi 4 mars 2008, 12:33 par Odile Brun</dt><dd><p>Trop court.</p></dd></dl></div>""",
        lang="fr",
    ),
    Seen("171", "Noé", "2008-03-03", "Très juste."),
    Seen("172", "Odile Brun", "2008-03-04", "Trop court."),
)

family(
    "thesis-dl",
    page(
        """<div id="comments"><div class="comments_intro"><p><span>2</span> comments… read them below</p></div><dl id="comment_list"><dt class="comment even depth-1" id="comment-181"><span class="comment_author">Pam</span> <span class="comment_time"><a href="#comment-181">June 28, 2015 at 10:25 pm</a></span></dt><dd class="comment even depth-1"><div class="format_text" id="comment-body-181"><p>Ho.</p></div></dd>
<dt class="comment odd depth-1" id="comment-182"><span class="comment_author">Rob</span> <span class="comment_time"><a href="#comment-182">June 29, 2015 at 10:25 pm</a></span></dt><dd class="comment odd depth-1"><div class="format_text" id="comment-body-182"><p>Hum.</p></div></dd></dl></div>"""
    ),
    Seen("181", "Pam", "2015-06-28", "Ho."),
    Seen("182", "Rob", "2015-06-29", "Hum."),
)

family(
    "substack",
    page(
        """<div class="comments-page"><div class="comment-list"><div class="comment-list-items"><div class="comment"><div id="comment-191" class="comment-anchor"></div><div class="comment-content"><div class="comment-head"><a href="https://example.org/p" class="comment-photo"><img src="x"></a></div>
<div class="comment-body-wrap"><div class="comment-meta"><span class="comment-author"><a href="#">Sue Gale</a></span> <a class="comment-timestamp" title="2021-07-08T09:10:11.000Z" href="/comment/191">Jul 8, 2021</a></div><div class="comment-body"><p>I read it twice.</p></div>
<div class="comment-actions"><a class="like-button">Like (3)</a> <a>Reply</a> <a>Share</a></div></div></div>
<div class="comment-list collapsed-replies"><div class="comment-list-items"><div class="comment"><div id="comment-192" class="comment-anchor"></div><div class="comment-content"><div class="comment-body-wrap"><div class="comment-meta"><span class="comment-author">Tod</span> <span class="badge">Author</span> <a class="comment-timestamp" title="2021-07-09T09:10:11.000Z">Jul 9, 2021</a></div><div class="comment-body"><p>Thrice is better.</p></div><div class="comment-actions"><a>Like</a></div></div></div></div></div></div></div></div></div></div>"""
    ),
    Seen("191", "Sue Gale", "2021-07-08", "I read it twice."),
    Seen("192", "Tod", "2021-07-09", "Thrice is better.", "191"),
)

family(
    "medium",
    page(
        """<div class="responsesStream"><h3>Responses</h3><div class="streamItem"><article class="postArticle postArticle--response" data-post-id="a1b2c3d4e5f6"><div class="postMetaInline"><a class="postMetaInline-avatar"><img src="x"></a><div class="postMetaInline-authorLockup"><a data-user-id="9" href="#">Una Peel</a> <div class="postMetaInline--supplemental"><a href="#"><time datetime="2017-08-09T10:00:00.000Z">Aug 9, 2017</time></a></div></div></div>
<div class="postArticle-content"><p class="graf">It made my morning.</p></div><div class="postActions"><button>Clap</button></div></article></div></div>"""
    ),
    Seen("a1b2c3d4e5f6", "Una Peel", "2017-08-09", "It made my morning."),
)

family(
    "discourse-crawler",
    page(
        """<div itemscope itemtype="http://schema.org/DiscussionForumPosting"><div id="post_2" itemprop="comment" itemscope itemtype="http://schema.org/Comment" class="topic-body crawler-post"><div class="crawler-post-meta"><span class="creator" itemprop="author" itemscope itemtype="http://schema.org/Person"><a itemprop="url" rel="nofollow" href="#"><span itemprop="name">vera_k</span></a></span>
<link itemprop="image" href="x"><span class="crawler-post-infos"><time itemprop="datePublished" datetime="2022-09-10T11:12:13Z" class="post-time">September 10, 2022, 11:12am</time><meta itemprop="dateModified" content="2022-09-11T11:12:13Z"><span itemprop="position">2</span></span></div><div class="post" itemprop="text"><p>Welcome ashore.</p></div>
<div itemprop="interactionStatistic" itemscope><meta itemprop="userInteractionCount" content="4"><span class="post-likes">4 Likes</span></div></div>
<div id="post_3" itemprop="comment" itemscope itemtype="http://schema.org/Comment" class="topic-body crawler-post"><div class="crawler-post-meta"><span class="creator" itemprop="author"><span itemprop="name">will</span></span> <time itemprop="datePublished" datetime="2022-09-12T11:12:13Z">September 12, 2022</time></div><div class="post" itemprop="text"><p>Thanks.</p></div></div></div>"""
    ),
    Seen("2", "vera_k", "2022-09-10", "Welcome ashore."),
    Seen("3", "will", "2022-09-12", "Thanks."),
)

family(
    "schema-microdata",
    page(
        """<div class="feedback"><div itemprop="comment" itemscope itemtype="https://schema.org/UserComments"><span itemprop="creator" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Xia</span></span> <meta itemprop="commentTime" content="2016-04-05T10:00"><p itemprop="commentText">Clear as day.</p></div>
<div itemprop="comment" itemscope itemtype="https://schema.org/UserComments"><span itemprop="creator">Yan</span> <meta itemprop="commentTime" content="2016-04-06T10:00"><p itemprop="commentText">As night.</p></div></div>"""
    ),
    Seen("", "Xia", "2016-04-05", "Clear as day."),
    Seen("", "Yan", "2016-04-06", "As night."),
)

family(
    "json-ld",
    page(
        "",
        head="""<script type="application/ld+json">{"@context":"https://schema.org","@type":"Article","headline":"Tides","commentCount":2,"comment":[{"@type":"Comment","@id":"https://example.org/tides#comment-201","author":{"@type":"Person","name":"Zia Holm"},"dateCreated":"2020-10-11T12:00:00Z","text":"Good.\\n\\nVery good.","comment":[{"@type":"Comment","@id":"https://example.org/tides#comment-202","author":"Abe","datePublished":"2020-10-12","text":"<p>Rather <em>good</em>.</p>"}]}]}</script>""",
    ),
    Seen("comment-201", "Zia Holm", "2020-10-11", "Good. Very good."),
    Seen("comment-202", "Abe", "2020-10-12", "Rather good.", "comment-201"),
)

family(
    "phpbb",
    page(
        """<div id="p211" class="post has-profile bg2"><div class="inner"><dl class="postprofile"><dt><a class="username" href="#">Bert Cove</a></dt><dd class="profile-posts"><strong>Posts:</strong> 1234</dd><dd class="profile-joined"><strong>Joined:</strong> Mon Mar 05, 2007 9:02 am</dd></dl><div class="postbody"><div id="post_content211"><h3 class="first"><a href="#p211">Tides</a></h3><p class="author"><a class="unread" href="#p211">Post</a> by <strong><a class="username" href="#">Bert Cove</a></strong> » Mon Jan 03, 2011 4:55 pm</p><div class="content">The first post.</div></div><div class="signature">Sail on</div></div></div></div>
<div id="p212" class="post has-profile bg1"><div class="inner"><dl class="postprofile"><dt><a class="username" href="#">Cora</a></dt><dd class="profile-posts"><strong>Posts:</strong> 5</dd><dd class="profile-joined"><strong>Joined:</strong> Tue Mar 06, 2007 9:02 am</dd></dl><div class="postbody"><div id="post_content212"><h3><a href="#p212">Re: Tides</a></h3><ul class="post-buttons"><li><a href="#">Quote</a></li></ul><p class="author">by <strong><a class="username" href="#">Cora</a></strong> » Tue Jan 04, 2011 4:55 pm</p><div class="content">The second<br>post.</div></div></div></div></div>"""
    ),
    Seen("211", "Bert Cove", "2011-01-03", "The first post."),
    Seen("212", "Cora", "2011-01-04", "The second post."),
)

family(
    "xenforo",
    page(
        """<div class="block-body js-replyNewMessageContainer"><article class="message message--post js-post" data-author="Dina" data-content="post-221" id="js-post-221"><span class="u-anchorTarget" id="post-221"></span><div class="message-inner"><div class="message-cell message-cell--user"><section class="message-user"><div class="message-avatar"><img src="x"></div><div class="message-userDetails"><h4 class="message-name"><a class="username">Dina</a></h4><h5 class="userTitle message-userTitle">Member</h5></div></section></div>
<div class="message-cell message-cell--main"><header class="message-attribution"><a href="#post-221"><time class="u-dt" datetime="2020-05-06T07:08:09+0000">May 6, 2020</time></a></header><div class="message-content"><article class="message-body"><div class="bbWrapper">Not a drop.</div></article></div><footer class="message-footer"><div class="reactionsBar">Like</div></footer></div></div></article>
<article class="message message--post js-post" data-author="Emil" data-content="post-222" id="js-post-222"><div class="message-inner"><h4 class="message-name"><a class="username">Emil</a></h4><header class="message-attribution"><a href="#post-222"><time datetime="2020-05-07T07:08:09+0000">May 7, 2020</time></a></header><div class="message-content"><article class="message-body"><div class="bbWrapper">Two drops.</div></article></div></div></article></div>"""
    ),
    Seen("221", "Dina", "2020-05-06", "Not a drop."),
    Seen("222", "Emil", "2020-05-07", "Two drops."),
)

family(
    "webmention",
    page(
        """<section id="webmentions"><h3>Responses</h3><ol><li class="u-comment h-cite" id="wm-231"><a class="p-author h-card" href="https://example.org"><img class="u-photo" src="x" alt=""><span class="p-name">Fay Moss</span></a> <a class="u-url" href="https://example.org/r"><time class="dt-published" datetime="2022-01-02T03:04:05+00:00">2 January 2022</time></a><div class="e-content p-name">Linked from my bog.</div></li>
<li class="p-comment h-entry" id="wm-232"><span class="p-author h-card">Gus</span> <time class="dt-published" datetime="2022-01-03">3 January 2022</time><p class="p-content">And mine.</p></li></ol></section>"""
    ),
    Seen("wm-231", "Fay Moss", "2022-01-02", "Linked from my bog."),
    Seen("wm-232", "Gus", "2022-01-03", "And mine."),
)

family(
    "stack-exchange",
    page(
        """<div id="comments-7" class="comments js-comments-container"><ul class="comments-list js-comments-list"><li id="comment-241" class="comment js-comment" data-comment-id="241" data-comment-owner-id="5"><div class="js-comment-actions comment-actions"><div class="comment-score"><span title="votes">3</span></div></div><div class="comment-text js-comment-text-and-form"><div class="comment-body js-comment-edit-hide"><span class="comment-copy">Have you tried a boat?</span>&ndash;&nbsp;<a href="/users/5" title="12,034 reputation" class="comment-user">Hilda</a> <span class="comment-date"><a class="comment-link" href="#comment241_7"><span title="2013-04-05 06:07:08Z, License: CC BY-SA 3.0" class="relativetime-clean">Apr 5, 2013 at 6:07</span></a></span></div></div></li></ul></div>"""
    ),
    Seen("241", "Hilda", "2013-04-05", "Have you tried a boat?"),
)

family(
    "hacker-news",
    page(
        """<table class="comment-tree"><tr class="athing comtr" id="251"><td><table><tr><td class="ind" indent="0"><img src="s.gif" width="0"></td><td class="default"><div><span class="comhead"><a href="#" class="hnuser">inga</a> <span class="age" title="2021-02-03T04:05:06"><a href="#">3 days ago</a></span> <span class="navs"> | <a href="#252">next</a></span></span></div><br><div class="comment"><div class="commtext c00">Salt water corrodes.<p>Always has.</div><div class="reply"><p><font size="1"><u><a href="#">reply</a></u></font></div></div></td></tr></table></td></tr>
<tr class="athing comtr" id="252"><td><table><tr><td class="ind" indent="1"></td><td class="default"><div><span class="comhead"><a href="#" class="hnuser">jost</a> <span class="age" title="2021-02-04T04:05:06"><a href="#">2 days ago</a></span></span></div><div class="comment"><div class="commtext c00">Slowly.</div></div></td></tr></table></td></tr></table>"""
    ),
    Seen("251", "inga", "2021-02-03", "Salt water corrodes. Always has."),
    Seen("252", "jost", "2021-02-04", "Slowly.", "251"),
)

family(
    "disqus-rendered",
    page(
        """<div id="disqus_thread"><div id="dsq-content"><ul id="dsq-comments"><li class="comment even depth-1" id="dsq-comment-261"><div id="dsq-comment-header-261" class="dsq-comment-header"><cite id="dsq-cite-261"><span id="dsq-author-user-261">Karl</span></cite></div><div id="dsq-comment-body-261" class="dsq-comment-body"><div id="dsq-comment-message-261" class="dsq-comment-message"><p>Sent from a ship.</p></div></div></li></ul></div></div>"""
    ),
    Seen("261", "Karl", None, "Sent from a ship."),
)

family(
    "bem-newspaper",
    page(
        """<section class="comments"><h2 class="comments__title">Leserkommentare (2)</h2><article class="comment js-comment" id="cid-271"><div class="comment__container"><div class="comment-meta"><div class="comment-meta__name"><a href="#">Lutz Tal</a></div><span class="comment-meta__badge">Premium</span><a class="comment-meta__date" href="?cid=271#cid-271">vor 2 Jahren — 4. Februar 2016 um 10:15 Uhr</a></div><div class="comment__body"><p>Nun ja.</p></div><div class="comment__reactions"><a class="comment__reaction js-reply">Antworten</a><a>Melden</a><span>3 Leserempfehlungen</span></div></div></article>
<article class="comment comment--indented js-comment" id="cid-272" data-parent-id="271"><div class="comment__container"><div class="comment-meta"><div class="comment-meta__name">Mia</div><a class="comment-meta__date" href="#cid-272">5. Februar 2016 um 10:15 Uhr</a></div><div class="comment__body"><p>Eben.</p></div></div></article></section>""",
        lang="de",
    ),
    Seen("271", "Lutz Tal", "2016-02-04", "Nun ja."),
    Seen("272", "Mia", "2016-02-05", "Eben.", "271"),
)

family(
    "css-modules",
    page(
        """<div class="CommentList_root__3fG7h"><div class="CommentItem_root__1aB2c" data-comment-id="281"><div class="CommentItem_author__9zX1d">Nora Dune</div><span class="CommentItem_date__7yT2k">12 août 2021</span><div class="CommentItem_content__5qW3e"><p>Encore !</p></div><div class="CommentItem_actions__2rT4u"><span>Répondre</span></div></div>
<div class="CommentItem_root__1aB2c" data-comment-id="282" data-parent-id="281"><div class="CommentItem_author__9zX1d">Omar</div><span class="CommentItem_date__7yT2k">13 août 2021</span><div class="CommentItem_content__5qW3e"><p>Toujours.</p></div></div></div>""",
        lang="fr",
    ),
    Seen("281", "Nora Dune", "2021-08-12", "Encore !"),
    Seen("282", "Omar", "2021-08-13", "Toujours.", "281"),
)

family(
    "livejournal-depth",
    page(
        """<div id="comments"><div class="comment-thread comment-depth-1"><div id="cmt291" class="dwexpcomment"><div class="comment"><div class="header"><h4 class="comment-title">Waves</h4><span class="poster"><span class="ljuser">perl</span></span> <span class="datetime">2011-03-04 05:06 pm (UTC)</span></div><div class="comment-content">They speak.</div><div class="footer"><ul class="link-list"><li><a href="#">Reply</a></li><li><a href="#">Thread</a></li></ul></div></div></div></div>
<div class="comment-thread comment-depth-2"><div id="cmt292" class="dwexpcomment"><div class="comment"><div class="header"><span class="poster"><span class="ljuser">quill</span></span> <span class="datetime">2011-03-05 05:06 pm (UTC)</span></div><div class="comment-content">They shout.</div></div></div></div></div>"""
    ),
    Seen("291", "perl", "2011-03-04", "Waves They speak."),
    Seen("292", "quill", "2011-03-05", "They shout.", "291"),
)

family(
    "spip",
    page(
        """<ul class="comments-ul" id="forum"><li class="comment-li comment-fil"><div class="comment" id="comment301"><p class="comment-meta"><a href="#comment301" class="permalien">Le 5 avril 2013 à 10:22</a>, par <strong class="comment-author">Rémi Val</strong></p><div class="comment-texte"><p>Bien vu.</p></div><p class="comment-reponse"><a href="#">Répondre</a></p></div>
<ul class="comments-ul"><li class="comment-li"><div class="comment" id="comment302"><p class="comment-meta"><a href="#comment302">Le 6 avril 2013 à 10:22</a>, par <strong class="comment-author">Sara</strong></p><div class="comment-texte"><p>Mal vu.</p></div></div></li></ul></li></ul>""",
        lang="fr",
    ),
    Seen("301", "Rémi Val", "2013-04-05", "Bien vu."),
    Seen("302", "Sara", "2013-04-06", "Mal vu.", "301"),
)

family(
    "joomla",
    page(
        """<div class="itemComments"><h3 class="itemCommentsCounter"><span>2</span> comments</h3><ul class="itemCommentsList"><li class="even"><span class="commentLink"><a href="#comment311" id="comment311" name="comment311">Comment Link</a></span><span class="commentDate">Tuesday, 12 March 2013 10:11</span> <span class="commentAuthorName">posted by <a href="#">Tess Vane</a></span><p>Dry land, please.</p></li>
<li class="odd"><span class="commentLink"><a href="#comment312" id="comment312" name="comment312">Comment Link</a></span><span class="commentDate">Wednesday, 13 March 2013 10:11</span> <span class="commentAuthorName">posted by Ugo</span><p>Never.</p></li></ul></div>"""
    ),
    Seen("311", "Tess Vane", "2013-03-12", "Dry land, please."),
    Seen("312", "Ugo", "2013-03-13", "Never."),
)

family(
    "generic-boxes",
    page(
        """<div class="reacties"><h3>2 reacties</h3><div class="blok"><strong>Vera Dam</strong> <em>3 mei 2014</em><div><p>Mooi stuk.</p></div></div><div class="blok"><strong>Wim</strong> <em>4 mei 2014</em><div><p>Zeker, en lang ook.</p></div></div></div>""",
        lang="nl",
    ),
    Seen("", "Vera Dam", "2014-05-03", "Mooi stuk."),
    Seen("", "Wim", "2014-05-04", "Zeker, en lang ook."),
)

family(
    "generic-flat",
    page(
        """<h2>Commenti</h2><h4>Xenia Porto</h4><p class="quando">5 maggio 2012 alle 10:00</p><p>Che bello.</p><p>Grazie.</p><h4>Yuri</h4><p class="quando">6 maggio 2012 alle 11:00</p><p>Anche a me piace.</p>""",
        lang="it",
    ),
    Seen("", "Xenia Porto", "2012-05-05", "Che bello. Grazie."),
    Seen("", "Yuri", "2012-05-06", "Anche a me piace."),
)

family(
    "generic-signed-below",
    page(
        """<div id="comentarios"><h3>Comentários</h3><p>Gostei muito do texto.</p><p class="assina">Escrito por Zeca Lima em 7 de setembro de 2010</p><p>Eu também.</p><p class="assina">Escrito por Ana em 8 de setembro de 2010</p></div>""",
        lang="pt-BR",
    ),
    Seen("", "Zeca Lima", "2010-09-07", "Gostei muito do texto."),
    Seen("", "Ana", "2010-09-08", "Eu também."),
)

family(
    "generic-dl",
    page(
        """<h3>Discussion</h3><dl><dt>Bo Lind, 3 May 2003, 14:20</dt><dd>A dry remark.</dd><dt>Cleo, 4 May 2003, 15:20</dt><dd><p>A wet one.</p></dd></dl>"""
    ),
    Seen("", "Bo Lind", "2003-05-03", "A dry remark."),
    Seen("", "Cleo", "2003-05-04", "A wet one."),
)
