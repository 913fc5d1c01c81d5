"""The words by which a text sounds like another door, and those that take it back.

One phrase a line, written with marks; "*" before one that means too much when typed without ("cháy", "chạy", "chảy").
"""

from domain.cases.wording import Phrases

COMPLAINT = Phrases(r"""
    (?:đơn )?khiếu nại
    khiếu kiện
    (?:đơn )?tố cáo(?! tầng)
    đơn tố
    không đồng ý với (?:quyết định|phương án|mức) (?:xử phạt|thu hồi|bồi thường|đền bù|cưỡng chế|giải toả|hỗ trợ)
    (?:huỷ|huỷ bỏ|thu hồi) quyết định (?:xử phạt|thu hồi|cưỡng chế|kỷ luật|bồi thường)
    (?:đền bù|bồi thường) (?:không|chưa) (?:thoả đáng|đúng|đủ)
""")
"""Khiếu nại, tố cáo: by their name, and by what is asked for (a decision about me shall not stand)."""

NO_COMPLAINT = Phrases(r"""
    (?:nhà|cửa|phòng|người|tường|cổng|xây) to cao
    không phải (?:là )?(?:đơn |việc )?(?:khiếu nại|tố cáo)(?:,? (?:hay|hoặc|và)? ?tố cáo)?
    (?:không|chẳng|không hề|không muốn|không định) (?:khiếu nại|tố cáo)(?:,? (?:hay|hoặc|và)? ?tố cáo)?
    (?:quy định|luật|nghị định|thông tư|quy trình|mẫu đơn) (?:về )?(?:giải quyết )?(?:khiếu nại|tố cáo)
    thủ tục (?:giải quyết |tiếp nhận )?(?:khiếu nại|tố cáo)
""")
"""Said of khiếu nại, tố cáo without making one: denied, or the rules about them."""

NOW = Phrases(r"""
    đang
    vừa
    ngay bây giờ
    bây giờ
    lúc này
    *gấp
    khẩn cấp
    cứu với
    *cứu
    vừa mới
    *kẹt
    mắc kẹt
    bất tỉnh
    bị thương
    người gấp
""")

EMERGENCY = Phrases(r"""
    cứu với
    cứu (?:tôi|cháu|chúng tôi|người (?:với|gấp))
    tai nạn (?:chết người|nghiêm trọng|nặng|liên hoàn)
    (?:vụ )?nổ lớn
    cháy (?:nhà|rừng|chợ|lớn|xưởng|kho|xe|quán|trường)
    *(?:đang|bốc|có|bị) cháy(?! (?:hàng|vé|túi))
    hoả hoạn
    (?:nổ|rò rỉ|xì) (?:khí )?(?:ga|gas|bình ga|bình gas)
    *sập (?:nhà|cầu|tường|hầm|giàn giáo)
    *nhà (?:dân )?(?:bị )?sập
    đuối nước
    chết đuối
    *lũ (?:quét|ống|dâng)
    nước lũ (?:dâng|cuốn)
    *bị điện giật
    đột quỵ
    *ngừng thở
    co giật
    bất tỉnh
    cần cấp cứu
    gọi cấp cứu
    (?:nhảy cầu|đòi|định|muốn) tự tử
    tự tử
    *(?:bị|vụ) bắt cóc
    bắt cóc
    *(?:bị|đang) (?:đâm|chém)
    đâm chém
    cầm (?:dao|súng|mã tấu|hung khí)
    doạ giết
    *bị đánh(?! (?:giá|máy|dấu|số|trượt))
    bị hành hung
""")
"""Heard as an emergency unless the sentence speaks of the past, of a risk, or of papers about it."""

ONLY_NOW = Phrases(r"""
    tai nạn
    đánh nhau
    ẩu đả
    đánh đập
    hỗn chiến
    hành hung
    ngộ độc
""")
"""Heard as an emergency only beside a word that says that it happens now."""

NOT_NOW = Phrases(r"""
    (?:hôm|tối|sáng|đêm|chiều|trưa|ngày) (?:qua|kia|trước|hôm qua|nọ)
    (?:hôm|tuần|tháng|năm|ngày|lần|bữa|dịp|đợt|vụ) (?:trước|rồi|ngoái|vừa qua|kia|nọ)
    \d+ (?:ngày|tuần|tháng|năm|hôm) (?:trước|qua|rồi|nay)
    (?:mấy|vài|nhiều|hai|ba|bốn|năm|cả) (?:ngày|tuần|tháng|năm|hôm) (?:trước|qua|rồi|nay)
    cách đây
    trước đây
    từ lâu
    đã lâu
    từng
    (?:hôm|ngày|hồi|từ|năm|tháng|vào) \d{1,4}(?:[/.-]\d{1,4})*
    nếu
    nguy cơ
    có thể
    khả năng
    lỡ
    nhỡ
    *dễ
    de (?:xay ra|gay|bi)
    hay xảy ra
    thường xảy ra
    *sợ
    lo ngại
    đề phòng
    phòng ngừa
""")
"""What takes an emergency out of now: a time gone by, a condition, a risk."""

ABOUT_PAPERS = Phrases(r"""
    phòng cháy(?:,? chữa cháy)?
    chữa cháy
    cứu (?:hoả|hộ|nạn)
    pccc
    thẩm duyệt
    diễn tập
    tập huấn
    tuyên truyền
    phòng,? chống
    cảnh báo
    (?:chế độ|bảo hiểm|trợ cấp|hồ sơ|biên bản|giám định) (?:\w+ ){0,3}tai nạn
    tai nạn lao động
    (?:khoa|phòng|bệnh viện|trạm|xe) cấp cứu
    cai nghiện
    lý lịch tư pháp
    như (?:ăn )?cướp
    (?:thủ tục|giấy phép|giấy chứng nhận|quy định|chính sách|phụ cấp) (?:về )?(?:\w+ ){0,3}(?:cháy|tai nạn|ma tuý)
""")
"""Said of the papers, the service or the campaign about it."""

CRIME = Phrases(r"""
    tố giác
    tin báo tội phạm
    ma tuý
    (?:bị|kẻ|nhóm|vụ|thằng|bọn) (?:mất )?trộm
    trộm (?:cắp|xe|chó|đột nhập|vào nhà)
    cướp (?:giật|của|tài sản)
    (?:bị|vụ) cướp
    lừa đảo
    bị lừa
    giết người
    hiếp dâm
    *xâm hại
    (?:bị|kẻ|vụ|đối tượng) xâm hại
    (?:sòng|đánh) bạc
    cờ bạc
    cá độ
    lô đề
    nặng lãi
    tín dụng đen
    mại dâm
    buôn lậu
    buôn (?:bán )?người
    tống tiền
    tàng trữ (?:vũ khí|ma tuý|súng)
""")
"""Tin báo, tố giác về tội phạm. Money asked by officials is not here: that is hành vi, which the office takes up."""

_FEELINGS = """
    tôi em cháu con bà ông anh chị cô chú bác mình chúng ta bạn các những một vài mọi người dân việc gì này kia đó đây
    thế như là thì mà và với cho của về tại ở đến từ vào ra lên xuống đi lại làm ăn được bị không chưa đã đang sẽ rất
    quá lắm sự hết rồi nữa à ạ nhé nha ơi trời thôi luôn cũng hay hoặc nếu khi nào sao vì tới
    muốn phản ánh kiến nghị đề xuất góp ý xin mong kính thưa gửi nhờ giúp giải quyết xem xét xử lý trả lời
    bức xúc chịu tệ tồi buồn chán mệt giận tức khủng khiếp thất vọng bất bình vô phiền hà chậm nổi
    cán bộ cơ quan lãnh đạo cấp chính quyền nước uỷ ban ubnd xã phường tỉnh công chức
    đồ lũ bọn thằng khốn nạn hại dụng trách nhiệm mất dạy ngu dốt láo chết mẹ kiếp đm đkm vcl vl cứt
"""
FEELINGS = frozenset(_FEELINGS.split())
"""Words that tell no fact: of address, of every request, of anger, of abuse. In the form of `wording.placed`."""
