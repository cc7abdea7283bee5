"""Papers: one validated context and one Jinja2 source of prose per paper, written out as Markdown and DOCX."""
