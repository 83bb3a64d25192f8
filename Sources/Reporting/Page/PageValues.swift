import Mustache

// What templates read of each value of the page. Reflection, which the library falls back on, took a second a page; an
// empty optional is `false`, since `nil` sends the look-up to the values around it.

extension PageSection: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "anchor": anchor
        case "heading": heading
        case "meaning": meaning
        case "limit": limit
        case "blocks": blocks
        default: nil
        }
    }
}

extension PageSection.Block: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "table": table ?? false
        case "plot": plot ?? false
        case "samples": samples
        case "notes": notes
        case "query": query ?? false
        default: nil
        }
    }
}

extension PageTable: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "caption": caption
        case "tableAnchor": tableAnchor
        case "columns": columns
        case "rows": rows
        case "isLong": isLong
        case "leftOut": leftOut ?? false
        default: nil
        }
    }
}

extension PageTable.Column: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "isFigure": isFigure
        default: nil
        }
    }
}

extension PageTable.Row: MustacheParent {
    func child(named name: String) -> Any? { name == "cells" ? cells : nil }
}

extension PageTable.Cell: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "text": text
        case "isHead": isHead
        case "isFigure": isFigure
        case "sortValue": sortValue
        case "bar": bar ?? false
        default: nil
        }
    }
}

extension PageBar: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "alt": alt
        case "area": area ?? false
        case "whisker": whisker ?? false
        case "dot": dot ?? false
        case "mark": mark ?? false
        default: nil
        }
    }
}

extension PageBar.Area: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "areaX": areaX
        case "areaWidth": areaWidth
        case "areaClass": areaClass
        default: nil
        }
    }
}

extension PageBar.Whisker: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "whiskerX": whiskerX
        case "whiskerWidth": whiskerWidth
        default: nil
        }
    }
}

extension PageBar.Dot: MustacheParent {
    func child(named name: String) -> Any? { name == "dotX" ? dotX : nil }
}

extension PageBar.Mark: MustacheParent {
    func child(named name: String) -> Any? { name == "markX" ? markX : nil }
}

extension PageSample: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "sampleAnchor": sampleAnchor
        case "sampleTitle": sampleTitle
        case "facts": facts
        case "pieces": pieces
        case "isDiff": isDiff
        case "sides": sides
        case "command": command
        default: nil
        }
    }
}

extension PageSample.Piece: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "pieceText": pieceText
        case "isSame": isSame
        case "isLost": isLost
        case "isKept": isKept
        default: nil
        }
    }
}

extension PageSample.Side: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "sideName": sideName
        case "sideText": sideText
        default: nil
        }
    }
}
