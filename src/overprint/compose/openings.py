"""How a text opens: the drop cap, the lead-in in small capitals, and quotes that hang.

The markup says what a thing is; a theme decides by its sheets what is seen, and by `opening` in its `theme.yaml` what
is asked for at all:

    opening: {dropcap: 3, lead-in: true}    # lines, 0 for none; both may be left out

| markup | where | what it is |
| --- | --- | --- |
| `p.opening` | both books | the first paragraph of an essay, foreword, preface, introduction or afterword |
| `span.lead-in` | both books | its first three to six words, never across other markup |
| `span.dropcap` | print | the first letter, just before the lead-in and in no other element: to be floated |
| `p.hang-single`, `p.hang-double` | print | a paragraph that begins with a quote, to be hung by a negative indent |
| `span.cut` | both books | an editor's cut `[…]`, upright within italics |
| `p.verse` | both books | lines that their writer broke, within a quotation |

`The first job` is `<span class="dropcap">T</span><span class="lead-in">he first job</span>` in print. The EPUB keeps
its words whole; a theme may enlarge `p.opening::first-letter` there. A paragraph has no drop cap where it begins with
anything but a capital letter or is too short to go around it: it stays `p.opening`, with its lead-in.

The sheets of a theme find in these tokens what only the typeface knows. All follow from the tokens `text-size` and
`leading`, lengths of any absolute unit:

| token | what it is |
| --- | --- |
| `dropcap-size` | font size at which a capital's top is level with the first line's, its foot on the last line's baseline |
| `dropcap-height` | line height and height of the float: as many lines as asked for |
| `dropcap-shift` | top margin that brings the baselines together |
| `quote-single`, `quote-double` | widths of the quotes that hang, in em |
"""
