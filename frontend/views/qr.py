"""QR codes as SVG data addresses, sharp on paper and allowed by the content policy."""

import segno

from frontend.views.parts import Link, Qr


def picture(text: str) -> str:
    """Error level M survives a scuffed label; the quiet zone of four modules is part of the picture."""
    code = segno.make(text, error="m", micro=False)
    return str(code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True))


def qr(address: str, link: Link) -> Qr:
    """`link` is the address for reading: a code holds capitals, which take fewer modules."""
    return Qr(
        data_uri=picture(address),
        address=address,
        shown=link.text,
        href=link.href,
    )
