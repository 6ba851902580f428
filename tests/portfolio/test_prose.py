"""The learner's own words and pictures: safe, without scripts, and one sentence for a mishap."""

import io

import html5lib
import pytest
from PIL import Image

from journeyman.errors import Invalid
from journeyman.portfolio import charts, choices, pictures, prose, rules, writing
from journeyman.portfolio.choices import Choices


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](<data:text/html,hi>)",
        "<svg onload=alert(1)>",
        '<p style="position:fixed">',
        '<data data-claim="1" data-value="1">1</data>',
        "$\\href{javascript:alert(1)}{x}$",
        "$\\style{color:red}{x}$",
        "```chart\na,<script>\n1,2\n```",
        "\ue0000\ue001",
    ],
)
def test_nothing_that_acts_gets_through(text):
    try:
        made = prose.render(text, "a post")
    except Invalid:
        return
    for element in html5lib.parseFragment(made, namespaceHTMLElements=False).iter():
        assert element.tag not in {"script", "img", "data", "style", "iframe", "object"}, made
        for name, value in element.attrib.items():
            assert not str(name).startswith(("on", "style", "data-", "id")), made
            assert "javascript:" not in value, made


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("![a](gone.png)", "shows the image 'gone.png', which is not there"),
        ("[a](gone.md)", "links to 'gone.md', which is nowhere"),
        ("```chart\na,b\n1,x\n```", "has 'x' where a number is needed"),
        ("```chart\na,b\n```", "needs a line of column names"),
        ("```chart\na,b\n1,2,3\n```", "longer or shorter"),
        ("```chart\nx,a,b,c,d,e,f\n1,1,1,1,1,1,1\n```", "at most 5 can be told apart"),
        ("x" * 200_001, "at most 200,000 are published"),
    ],
)
def test_a_mishap_is_one_sentence(text, told):
    with pytest.raises(Invalid, match=told) as caught:
        prose.render(text, "a post")
    assert caught.value.message.startswith(("a post", "A chart of a post"))


def test_an_image_without_words_is_refused():
    with pytest.raises(Invalid, match="for who cannot see it"):
        prose.render("![](a.png)", "a post", image=lambda _: "a.png")


def test_headings_follow_the_title_without_a_gap():
    assert "<h2>A</h2>" in prose.render("### A\n\n##### B", "a post")
    assert "<h3>B</h3>" in prose.render("### A\n\n##### B", "a post")


def test_maths_that_cannot_be_set_stays_readable():
    assert prose.maths(r"\frac{1}").startswith(("<math", "<code"))
    assert prose.maths("\\begin{nothing}") == "<code>\\begin{nothing}</code>" or "<math" in (
        prose.maths("\\begin{nothing}")
    )


def test_a_drawing_loses_what_acts_or_loads():
    made = pictures.svg(
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        b'<script/><a href="https://x.example"><text>x</text></a><foreignObject/>'
        b'<style>@import url(https://x.example)</style><image xlink:href="https://x.example/a"/>'
        b'<rect fill="url(https://x.example)" data-claim="1" onclick="x()" width="3"/>'
        b'<use xlink:href="#b"/><rect fill="url(#g)"/></svg>',
        "a.svg",
    ).decode()
    for bad in ("script", "x.example", "foreignObject", "onclick", "data-claim", "@import"):
        assert bad not in made, made
    for good in ('href="#b"', "url(#g)", 'width="3"'):
        assert good in made, made


@pytest.mark.parametrize(
    "data",
    [
        b"<svg",
        b"<html/>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_what_is_no_drawing_is_refused(data):
    with pytest.raises(Invalid):
        pictures.svg(data, "a.svg")


def test_a_photograph_loses_its_hidden_notes(tmp_path):
    for name, kind in (("a.jpg", "JPEG"), ("a.png", "PNG")):
        image = Image.new("RGB", (8, 8), "red")
        notes = Image.Exif()
        notes[0x010E] = "at home, 51.5 N"
        image.save(tmp_path / name, kind, exif=notes)
        assert b"at home" in (tmp_path / name).read_bytes()
        made = pictures.cleaned(tmp_path / name)
        assert b"at home" not in made
        assert Image.open(io.BytesIO(made)).size == (8, 8)
    (tmp_path / "b.png").write_bytes(b"no picture")
    (tmp_path / "c.gif").write_bytes(b"GIF89a")
    for name, told in (("b.png", "damaged"), ("c.gif", "no SVG, PNG or JPEG")):
        with pytest.raises(Invalid, match=told):
            pictures.cleaned(tmp_path / name)


def test_charts_hold_their_numbers_in_a_table():
    table = charts.read_table("model,auc,low,high\nlinear,0.8,0.7,0.9\nboost,0.9,0.85,0.95", "x")
    made = charts.figure(table, "AUC <b>")
    assert made.count("<circle") == 2
    assert made.count('class="bar"') == 2
    assert "<td>0.85</td>" in made
    assert "<figcaption>AUC &lt;b&gt;<details" in made
    lines = charts.figure(charts.read_table("x,a,b\n1,2,3\n2,5,1\n", "x"), "Two")
    assert lines.count("<polyline") == 2
    one = charts.figure(charts.read_table("x,a\n1,2\n1,2\n", "x"), "Flat")
    assert "nan" not in one


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("no head", "has no head"),
        ("---\ntitle: A\n---\n", "no day"),
        ("---\ndate: 2026-01-01\n---\n", "no title"),
        ("---\ntitle: A\ncolour: red\n---\n", "'colour: red' in its head"),
        ("---\ntitle: A\ndate: soon\n---\n", "no day"),
    ],
)
def test_a_post_without_its_head_is_told(tmp_path, head, told):
    (tmp_path / "post.md").write_text(head)
    blog = writing.blog(tmp_path, Choices())
    assert blog.posts == ()
    assert told in blog.troubles[0]


def test_posts_that_depend_on_one_that_is_left_out_are_told_too(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: A\ndate: 2026-01-01\n---\n[b](b.md)")
    (tmp_path / "b.md").write_text("---\ntitle: B\ndate: 2026-01-01\n---\n![x](gone.png)")
    (tmp_path / "2026-02-01-c.md").write_text("---\ntitle: C\n---\nText of C.")
    (tmp_path / "c.md").write_text("---\ntitle: C again\ndate: 2026-01-01\n---\n")
    blog = writing.blog(tmp_path, Choices())
    assert [one.slug for one in blog.posts] == ["c"]
    assert blog.posts[0].summary == "Text of C."
    assert len(blog.troubles) == 3


def test_choices_survive_the_store_and_refuse_what_is_wrong():
    chosen = choices.put(
        Choices(), "links", ["Code https://a.example", "Two words http://b.example"]
    )
    chosen = choices.hide(choices.order(chosen, "skill", ["pca"]), ["cv", "post/a"])
    chosen = choices.show(chosen, ["exercise/x"])
    assert Choices.of({"portfolio": chosen.row()}) == chosen
    assert Choices.of({"portfolio": "nonsense"}) == Choices()
    assert Choices.of({"portfolio": {"theme": 3, "order": [], "hidden": 1}}) == Choices()
    assert choices.first(chosen, "skill/svd").order["skill"] == ("svd", "pca")
    assert choices.order(chosen, "skill", []).order == {}
    for name, value in {
        "links": "no address", "email": "nobody", "address": "ftp://x", "theme": "neon",
        "headline": "x" * 161, "colour": "red",
    }.items():  # fmt: skip
        with pytest.raises(Invalid):
            choices.put(chosen, name, [value])
    for name in ("nothing", "skill", "skill/../x", "skill/"):
        with pytest.raises(Invalid):
            choices.hide(chosen, [name])
    with pytest.raises(Invalid):
        choices.first(chosen, "cv")


def test_strength_orders_what_is_hard_to_fake_first():
    assert rules.competition_strength("L3", "") < rules.competition_strength("L0", "gold")
    assert rules.competition_strength("L1", "gold") < rules.competition_strength("L1", "")
    assert rules.project_strength("Reproduced", measured=False) < rules.project_strength(
        "", measured=True
    )
    assert rules.exercise_strength(0.0, 0, 1, aided=False) < rules.exercise_strength(
        3.0, 0, 1, aided=True
    )
