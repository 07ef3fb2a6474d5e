"""How much of a stranger's file is looked at 核验上限: no paper of a district comes near; more only costs time."""

from __future__ import annotations

from pyhanko.pdf_utils.decode_limits import (
    DecodeLimits,
    DecodePurpose,
    DocumentDecodeBudget,
    StreamDecodeLimits,
)

MIB = 1024 * 1024
LARGEST = 50 * MIB
MOST_MARKS = 24
"""Seals and time stamps; a paper of eight bodies has nine."""
MOST_REVISIONS = 60
LARGEST_MARK = 1024 * 1024
"""Of one signature with all that it brings."""
MOST_OBJECTS = 200_000
MOST_PROOFS = 96
"""Certificates, and lists, that a file brings; more are left aside."""
LARGEST_PROOF = 512 * 1024
MOST_LISTS = 2
"""Of one issuer, the newest: what an older one says, a newer one says too."""

DECODING = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * MIB),
    per_purpose={
        DecodePurpose.OBJECT_STREAM: StreamDecodeLimits(
            max_ratio=60, ratio_floor=2 * MIB, max_output_size=8 * MIB
        ),
        DecodePurpose.XREF_STREAM: StreamDecodeLimits(max_output_size=2 * MIB),
        DecodePurpose.XMP_METADATA: StreamDecodeLimits(
            max_ratio=60, ratio_floor=2 * MIB, max_output_size=4 * MIB
        ),
        DecodePurpose.CERTIFICATE: StreamDecodeLimits(max_ratio=None, max_output_size=64 * 1024),
        DecodePurpose.CRL: StreamDecodeLimits(max_ratio=None, max_output_size=LARGEST_PROOF),
        DecodePurpose.OCSP_RESPONSE: StreamDecodeLimits(max_ratio=None, max_output_size=LARGEST_PROOF),
    },
    document_budget=DocumentDecodeBudget(base_allowance=96 * MIB, max_ratio=4),
)
"""What packed parts of a file may become when they are unpacked."""
