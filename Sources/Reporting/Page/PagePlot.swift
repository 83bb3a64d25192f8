/// A plot of 420 by 190 units, as its template reads it; the plane lies from 44, 14 to 410, 150.
struct PagePlot {
    struct Bar {
        var barX: String
        var barY: String
        var barWidth: String
        var barHeight: String
        var barTitle: String
    }

    struct Tick {
        var tickAt: String
        var tickText: String
    }

    var plotTitle: String
    /// What a reader who does not see it must know.
    var plotAlt: String
    var xName: String
    var bars: [Bar] = []
    var line: String?
    var lineMark: String?
    var xTicks: [Tick] = []
    var yTicks: [Tick] = []

    private static let left = 44.0
    private static let width = 366.0
    private static let top = 14.0
    private static let bottom = 150.0

    private init(title: String, alt: String, xName: String) {
        plotTitle = title
        plotAlt = alt
        self.xName = xName
    }

    /// Counts as bars.
    ///
    /// - Parameters:
    ///   - bins: the name of each bin and its count; not empty.
    ///   - named: bins whose name stands below the axis.
    static func histogram(
        title: String, xName: String, bins: [(name: String, count: Int)], named: (Int) -> Bool = { _ in true }
    ) -> PagePlot {
        let most = max(1, bins.map(\.count).max() ?? 1)
        let fullest = bins.max { ($0.count, $1.name) < ($1.count, $0.name) }
        let alt =
            "\(title): \(bins.count) bars, \(Format.number(bins.reduce(0) { $0 + $1.count })) in all; the highest is "
            + "\(Format.number(most)) at \(fullest?.name ?? "")"
        var plot = PagePlot(title: title, alt: alt, xName: xName)
        let step = width / Double(bins.count)
        for (place, bin) in bins.enumerated() {
            let height = (bottom - top) * Double(bin.count) / Double(most)
            let x = left + Double(place) * step
            plot.bars.append(
                Bar(
                    barX: number(x + step * 0.08), barY: number(bottom - height),
                    barWidth: number(step * 0.84),
                    barHeight: number(height), barTitle: "\(bin.name): \(Format.number(bin.count))"))
            if named(place) {
                plot.xTicks.append(Tick(tickAt: number(x + step / 2), tickText: bin.name))
            }
        }
        plot.yTicks = [
            Tick(tickAt: number(bottom + 4), tickText: "0"),
            Tick(tickAt: number(top + 8), tickText: short(most)),
        ]
        return plot
    }

    /// A probability over a value from 0 to 1, with a line at one value.
    ///
    /// - Parameter values: at equal steps from 0 to 1; two or more.
    static func curve(
        title: String, alt: String, xName: String, values: [Double], mark: Double
    ) -> PagePlot {
        var plot = PagePlot(title: title, alt: alt, xName: xName)
        plot.line = values.enumerated().map { place, value in
            let x = left + width * Double(place) / Double(values.count - 1)
            return "\(number(x)),\(number(bottom - (bottom - top) * value))"
        }.joined(separator: " ")
        plot.lineMark = number(left + width * mark)
        plot.xTicks = [0.0, 0.25, 0.5, 0.75, 1].map {
            Tick(tickAt: number(left + width * $0), tickText: Format.plain($0))
        }
        plot.yTicks = [0.0, 0.5, 1].map {
            Tick(tickAt: number(bottom + 4 - (bottom - top) * $0), tickText: "\(Int($0 * 100)) %")
        }
        return plot
    }

    /// One decimal.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    private static func short(_ count: Int) -> String {
        switch count {
        case 10_000_000...: "\(count / 1_000_000) M"
        case 10_000...: "\(count / 1000) k"
        default: Format.number(count)
        }
    }
}
