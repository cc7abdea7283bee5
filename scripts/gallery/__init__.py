"""The parts of `scripts/make_gallery.py`: samples, files, pictures, the page that shows them."""
