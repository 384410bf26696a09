"""Made-up papers of a sample pool: small PDF files whose content follows from their text."""


def sheet(text: str) -> bytes:
    """A PDF of one A4 page that says this text, as far as it is ASCII; the same text, the same."""
    shown = text.encode("ascii", "ignore").decode().replace("(", "").replace(")", "")
    drawn = f"BT /F1 14 Tf 72 720 Td ({shown}) Tj ET".encode()
    fonts = b"/Resources << /Font << /F1 5 0 R >> >> >>"
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + fonts,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        # What the page does not show keeps papers apart that differ only in Chinese.
        b"<< /Title <%s> >>" % text.encode("utf-16-be").hex().encode(),
    )
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"<< /Size %d /Root 1 0 R /Info 6 0 R >>" % (len(parts) + 1)
    return out + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (head, start)
