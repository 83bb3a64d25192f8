/// A bar in a cell, 100 units wide; figures beside it are in the cell's text.
struct PageBar {
    struct Area {
        var areaX = "0"
        var areaWidth: String
        var areaClass: String
    }

    struct Whisker {
        var whiskerX: String
        var whiskerWidth: String
    }

    struct Dot { var dotX: String }
    struct Mark { var markX: String }

    var alt: String
    var area: Area?
    var whisker: Whisker?
    var dot: Dot?
    var mark: Mark?

    /// A share as an area from 0 to 1, with a mark at the share that it is held against.
    static func share(_ value: Double, mark: Double? = nil, markName: String = "", isBad: Bool = false)
        -> PageBar
    {
        var bar = PageBar(alt: Format.percent(value))
        bar.area = Area(areaWidth: units(value), areaClass: isBad ? "area-bad" : "area")
        if let mark {
            bar.mark = Mark(markX: units(mark))
            bar.alt += "; \(markName) \(Format.percent(mark))"
        }
        return bar
    }

    /// A rate with its interval, on a scale that ends at `scale`.
    static func interval(
        _ rate: Double, low: Double, high: Double, scale: Double, mark: Double? = nil, markName: String = ""
    ) -> PageBar {
        let end = scale > 0 ? scale : 1
        var bar = PageBar(
            alt: "\(Format.percent(rate)), interval \(Format.percent(low)) to \(Format.percent(high))")
        bar.whisker = Whisker(whiskerX: units(low / end), whiskerWidth: units(max(0, high - low) / end))
        bar.dot = Dot(dotX: units(min(rate / end, 0.985)))
        if let mark {
            bar.mark = Mark(markX: units(mark / end))
            bar.alt += "; \(markName) \(Format.percent(mark))"
        }
        return bar
    }

    /// The middle eight tenths of some numbers and their median, on a scale that begins at `start`.
    static func spread(_ low: Double, _ median: Double, _ high: Double, start: Double, end: Double) -> PageBar
    {
        let width = end > start ? end - start : 1
        var bar = PageBar(
            alt:
                "median \(plain(median)), eight tenths from \(plain(low)) to \(plain(high))"
        )
        bar.whisker = Whisker(
            whiskerX: units((low - start) / width), whiskerWidth: units(max(0, high - low) / width))
        bar.dot = Dot(dotX: units(min((median - start) / width, 0.985)))
        return bar
    }

    private static func plain(_ value: Double) -> String { ReportPage.signed(value, plus: "", Format.plain) }

    /// A share of the width with one decimal.
    private static func units(_ share: Double) -> String {
        let tenths = Int((max(0, min(1, share)) * 1000).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
