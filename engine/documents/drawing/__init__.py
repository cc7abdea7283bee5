"""Charts as SVG: one look for every paper and page, readable in black and white, told in words as well."""
