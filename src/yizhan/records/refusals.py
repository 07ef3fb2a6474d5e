"""Why a file is not taken: each reason is a type, says what happened and what to do, in both languages."""

from __future__ import annotations

from django.utils.translation import gettext as _


class FileRefused(Exception):
    """A file was not taken; nothing of it was kept."""

    code = "refused"

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(f"{message}{advice}")
        self.message, self.advice = message, advice


class TooLarge(FileRefused):
    """More bytes than a file may have."""

    code = "too_large"

    def __init__(self, largest: int) -> None:
        self.largest = largest
        super().__init__(
            _("文件超过 %(n)s MB，没有保存。") % {"n": round(largest / 1024**2, 1)},
            _("请压缩或分成几份后重新上传。"),
        )


class TooMany(FileRefused):
    """One matter has as many files as it may have."""

    code = "too_many"

    def __init__(self, most: int) -> None:
        super().__init__(
            _("已有 %(n)s 个文件，不能再添加，本文件没有保存。") % {"n": most},
            _("请先删除不需要的文件，或把多页合并成一份。"),
        )


class Empty(FileRefused):
    """No bytes at all."""

    code = "empty"

    def __init__(self) -> None:
        super().__init__(_("文件是空的，没有保存。"), _("请检查原文件能否打开，再重新上传。"))


class NotAccepted(FileRefused):
    """A kind of file that is not taken here."""

    code = "not_accepted"

    def __init__(self, accepted: str) -> None:
        super().__init__(
            _("不接收这种文件，没有保存。"), _("请上传 %(kinds)s 格式的文件。") % {"kinds": accepted}
        )


class Disguised(FileRefused):
    """Name or declared type say one thing, the content another."""

    code = "disguised"

    def __init__(self, found: str) -> None:
        super().__init__(
            _("文件名后缀与实际内容（%(kind)s）不符，没有保存。") % {"kind": found},
            _("请用原来的软件另存为正确的格式后重新上传。"),
        )


class ActiveContent(FileRefused):
    """A PDF that does something when opened."""

    code = "active_content"

    def __init__(self) -> None:
        super().__init__(
            _("PDF 中含有脚本或会自动执行的内容，没有保存。"), _("请用“打印为 PDF”重新生成后上传。")
        )


class CannotBeChecked(FileRefused):
    """A PDF that nobody here can look into: under a password, or strangely packed."""

    code = "cannot_be_checked"

    def __init__(self) -> None:
        super().__init__(
            _("PDF 已加密或结构特殊，无法查验，没有保存。"), _("请去掉密码和权限限制后重新上传。")
        )


class Damaged(FileRefused):
    """The content breaks off or contradicts itself."""

    code = "damaged"

    def __init__(self) -> None:
        super().__init__(_("文件不完整或已损坏，没有保存。"), _("请检查原文件能否打开，再重新上传。"))


class TooManyPixels(FileRefused):
    """A picture that would fill the memory when drawn."""

    code = "too_many_pixels"

    def __init__(self, width: int, height: int) -> None:
        super().__init__(
            _("图片尺寸过大（%(width)s×%(height)s 像素），没有保存。") % {"width": width, "height": height},
            _("请缩小图片后重新上传。"),
        )


class Infected(FileRefused):
    """The scanner found something."""

    code = "infected"

    def __init__(self) -> None:
        super().__init__(_("安全检查发现文件有问题，没有保存。"), _("请先在自己的电脑上查杀病毒。"))


class ScannerAway(FileRefused):
    """The scanner that was named in the settings does not answer."""

    code = "scanner_away"

    def __init__(self) -> None:
        super().__init__(_("安全检查暂时不可用，文件没有保存。"), _("请稍后再试，已填写的内容不受影响。"))
