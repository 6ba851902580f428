from journeyman.curriculum.markdown import formulas, render, render_inline


def test_raw_html_and_scripts_are_shown_not_run():
    html = render("<script>alert(1)</script> <img src=x onerror=1> [x](javascript:alert(1))")
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_maths_is_marked_and_escaped():
    assert render_inline("$a < b$") == '<span class="math" data-display="false">a &lt; b</span>'
    assert 'data-display="true"' in render("$$x^2$$")
    assert list(formulas("a $x$ b\n\n$$y$$\n")) == [("x", False), ("y", True)]


def test_no_style_attribute_ever():
    html = render("```python\nprint('x')  # c\n```\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n")
    assert "<table>" in html
    assert 'class="s1"' in html or "class=" in html
