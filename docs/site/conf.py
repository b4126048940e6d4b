"""The documentation as a web site, by Sphinx: what README and docs/*.md say, with navigation and search."""

project = "Supervisor for Jakarta EE"
html_title = project
extensions = ["myst_parser"]
root_doc = "README"
include_patterns = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/*.md",
    "conf/examples/shop/README.md",
    "compat/README.md",
]
exclude_patterns = ["**/target", "**/.*", "**/src"]

# as on GitHub, so that one link serves both
myst_heading_anchors = 6

html_theme = "alabaster"
html_theme_options = {
    "font_family": "system-ui, sans-serif",
    "head_font_family": "system-ui, sans-serif",
    "font_size": "16px",
    "page_width": "min(1280px, 100%)",
    "sidebar_width": "270px",
    "fixed_sidebar": True,
    "show_powered_by": False,
    "sidebar_collapse": True,
}
html_sidebars = {"**": ["about.html", "searchbox.html", "navigation.html"]}
# alabaster looks for it by this name
html_static_path = ["custom.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
html_use_index = False
# a page that is read from a disk may not fetch others
html_show_search_summary = False
pygments_style = "default"
highlight_language = "none"
smartquotes = False

NAVIGATION = """

```{toctree}
:hidden:
:maxdepth: 2
:caption: Get it running

docs/install
docs/docker
docs/migrating
```

```{toctree}
:hidden:
:maxdepth: 2
:caption: Configure it

docs/configuration
docs/dependencies
docs/health-checks
conf/examples/shop/README
```

```{toctree}
:hidden:
:maxdepth: 2
:caption: Use it

docs/supervisorctl
docs/page
docs/updates
docs/superlance
docs/mcp
```

```{toctree}
:hidden:
:maxdepth: 2
:caption: In production

docs/operations
docs/monitoring
docs/security
docs/performance
```

```{toctree}
:hidden:
:maxdepth: 2
:caption: Program it

docs/rest
docs/metrics
docs/events
docs/jmx
docs/rpcinterface
```

```{toctree}
:hidden:
:maxdepth: 2
:caption: Work on it

CONTRIBUTING
docs/architecture
compat/README
CHANGELOG
```
"""


def add_navigation(app, page, source):
    """README knows nothing of Sphinx; the site's contents are those of its last table."""
    if page == root_doc:
        source[0] += NAVIGATION


def setup(app):
    app.connect("source-read", add_navigation)
