from __future__ import annotations

from pathlib import Path

import pytest

from audit_lib.errors import WorkFailed
from audit_lib.reporting.allowed_html import check_page, shows_path
from audit_lib.reporting.assets import Assets

STYLE, SCRIPT = "p { color: red }", "secret()"
POLICY = Assets(STYLE, SCRIPT).policy


def page(body: str, policy: str = POLICY, before: str = "") -> str:
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8">{before}{meta}<title>x</title></head><body>\n'
        f'<h1 id="top">x</h1>\n{body}</body></html>'
    )


@pytest.mark.parametrize(
    "body",
    [
        "<p>a &lt;script&gt; b</p>",
        '<a href="#top">x</a> <a href="../../index.html">y</a> <a href="neglect-2018/internal/neglect.html">z</a>',
        '<a href="Neglect%202018/internal/neglect.html">x</a> <a href="data.xlsx">y</a> <a href="data.zip">z</a>',
        '<div class="table-scroll" tabindex="0" role="region" aria-label="x"><table class="data"><caption>x</caption>'
        '<thead><tr><th scope="col" class="n">a</th></tr></thead><tbody><tr><td class="n">1</td></tr></tbody></table></div>',
        '<figure class="chart"><svg viewBox="0 0 1 1" role="img" aria-labelledby="t"><title id="t">x</title>'
        '<defs><clipPath id="c"><rect width="1" height="1"/></clipPath></defs><g clip-path="url(#c)"><path d="M0 0"/></g>'
        '<use href="#c"/><text font-size="8px">x</text></svg></figure>',
        '<img alt="x" src="data:image/png;base64,AAAA">',
        "<details open><summary>x</summary>y</details>",
        f"<style>{STYLE}</style><script>{SCRIPT}</script>",
    ],
)
def test_what_we_use_is_allowed(body):
    check_page(page(body), "page.html")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<script>secret</script>", "line 3: <script>"),
        ("<script>secret() </script>", "line 3: <script>"),
        ("<script src='secret.js'></script>", "line 3: <script>"),
        ("<script async>secret()</script>", "line 3: <script>"),
        ("<style>p { color: green }</style>", "line 3: <style>"),
        ("<p style='color: red'>secret</p>", "line 3: an attribute that is not allowed on <p>"),
        ("<svg><script>secret</script></svg>", "line 3: <script>"),
        ("<iframe src='https://secret.example'></iframe>", "line 3: <iframe>"),
        ("<object data='secret'></object>", "line 3: <object>"),
        ("<form action='secret'><input></form>", "line 3: <form>; line 3: <input>"),
        ("<base href='https://secret.example/'>", "line 3: <base>"),
        ("<link rel='stylesheet' href='secret.css'>", "line 3: <link>"),
        ("<svg><foreignObject>secret</foreignObject></svg>", "line 3: <foreignobject>"),
        ("<secret-name>x</secret-name>", "line 3: an unknown element"),
        ("<!-- secret -->", "line 3: a comment or an instruction"),
        ("<p onclick='secret()'>x</p>", "line 3: an attribute that is not allowed on <p>"),
        ("<svg onload='secret()'></svg>", "line 3: an attribute that is not allowed on <svg>"),
        ("<a href='javascript:secret()'>x</a>", "line 3: an attribute that is not allowed on <a>"),
        ("<a href=' java&#10;script:secret()'>x</a>", "line 3: an attribute that is not allowed on <a>"),
        ("<a href='https://secret.example'>x</a>", "line 3: an attribute that is not allowed on <a>"),
        ("<a href='//secret.example/x.html'>x</a>", "line 3: an attribute that is not allowed on <a>"),
        ("<a href='secret.xlsx'>x</a>", "line 3: an attribute that is not allowed on <a>"),
        ("<a href='../data.zip'>x</a>", "line 3: an attribute that is not allowed on <a>"),
        ("<a href='file:///secret.html'>x</a>", "line 3: an attribute that is not allowed on <a>"),
        ("<img src='https://secret.example/x.png'>", "line 3: an attribute that is not allowed on <img>"),
        ("<img src='secret.png'>", "line 3: an attribute that is not allowed on <img>"),
        ("<svg><use href='https://secret.example#x'/></svg>", "line 3: an attribute that is not allowed on <use>"),
        ("<p style='background: url(https://secret.example)'>x</p>", "line 3: an attribute that is not allowed on <p>"),
        (
            "<meta http-equiv='refresh' content='0; url=https://secret.example'>",
            "an attribute that is not allowed on <meta>",
        ),
        ("<style>@import 'secret.css';</style>", "line 3: a style that could load something"),
        ("<style>p { background: url('https://secret.example') }</style>", "line 3: a style that could load something"),
        ("<p id='a'>x</p><p id='a'>y</p>", "line 3: an id that stands twice"),
        ("<a href='#nowhere'>x</a>", "line 3: a link to nowhere"),
        ("<h1>secret</h1>", "not exactly one first-level heading"),
    ],
)
def test_anything_else_is_refused_by_name_and_place_without_its_text(body, found):
    with pytest.raises(WorkFailed) as caught:
        check_page(page(body), "page.html")
    message = str(caught.value)
    assert message.startswith("page.html: not published, because of what it holds: ")
    assert found in message
    assert "secret" not in message


@pytest.mark.parametrize(
    ("policy", "before"),
    [
        ("", ""),
        (POLICY, "<script>secret()</script>"),
        (POLICY, f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        (POLICY.replace("default-src 'none'", "default-src *"), ""),
        (POLICY.replace("img-src data:", "img-src data: https://secret.example"), ""),
        (POLICY.replace("script-src", "script-src 'unsafe-inline'"), ""),
        (POLICY.replace("style-src", "style-src 'unsafe-inline'"), ""),
        (POLICY.replace("; form-action 'none'", ""), ""),
        (f"{POLICY}; connect-src *", ""),
    ],
)
def test_a_page_without_a_strict_policy_before_all_else_is_refused(policy, before):
    with pytest.raises(WorkFailed, match="not exactly one content security policy") as caught:
        check_page(page("", policy, before), "page.html")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "folder", "shown"),
    [
        ("from {0} we read", "/home/jane", True),
        ('"{0}/audits/x"', "/home/jane", True),
        ("from /home/june", "/home/jane", False),
        ("kept in /srv by hand", "/srv", False),
        ("jane said", "/home/jane", False),
        ("/", "/", False),
    ],
)
def test_the_path_of_a_folder_is_found(text, folder, shown):
    assert shows_path(text.format(Path(folder).resolve()), [Path(folder)]) is shown


def test_a_page_with_a_path_of_this_machine_is_refused(tmp_path):
    with pytest.raises(WorkFailed) as caught:
        check_page(page(f"<p>{tmp_path}</p>"), "page.html", [tmp_path])
    assert str(caught.value).endswith("it shows where a folder of this computer lies")
    assert str(tmp_path) not in str(caught.value)
