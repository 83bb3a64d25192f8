extension ArrowColumn {
    /// Writes the cell of a row of the batch.
    ///
    /// - Complexity: O(bytes written).
    func append(_ row: Int, to writer: JSONRowWriter) {
        let place = row + offset
        if isNull(place) || writer.isOver {
            writer.null()
            return
        }
        if let dictionary {
            let index = index(place)
            // Arrow does not hold the numbers against the dictionary.
            if index >= 0, index < dictionary.count {
                dictionary.append(index, to: writer)
            } else {
                writer.isDamaged = true
            }
            return
        }
        switch kind {
        case .bytes(let isText, let isLarge):
            append(bytes(place, isLarge: isLarge), isText: isText, to: writer)
        case .byteView(let isText): append(view(place), isText: isText, to: writer)
        case .structure: appendStructure(place, to: writer)
        case .list(let isLarge): appendElements(range(place, isLarge: isLarge), to: writer)
        case .listView(let isLarge): appendElements(viewRange(place, isLarge: isLarge), to: writer)
        case .fixedList(let count): appendElements(place * count..<(place + 1) * count, to: writer)
        case .map: appendMap(range(place, isLarge: false), to: writer)
        default: appendScalar(place, to: writer)
        }
    }

    private func appendScalar(_ place: Int, to writer: JSONRowWriter) {
        switch kind {
        case .boolean:
            let byte = value(place >> 3, as: UInt8.self)
            writer.ascii(byte >> UInt8(truncatingIfNeeded: place & 7) & 1 == 1 ? "true" : "false")
        case .signed(let width): writer.integer(signed(place, width: width))
        case .unsigned(let width): writer.integer(unsigned(place, width: width))
        case .half: writer.number(Float(Float16(bitPattern: value(place, as: UInt16.self))))
        case .single: writer.number(value(place, as: Float.self))
        case .double: writer.number(value(place, as: Double.self))
        case .fixedBytes(let width): writer.base64(fixed(place, width: width))
        case .decimal(let width, let scale):
            writer.quoted(ArrowDecimal(fixed(place, width: width), scale: scale).text)
        case .days: writer.quoted(ISOTime.date(days: Int64(value(place, as: Int32.self))))
        case .milliseconds:
            let value = value(place, as: Int64.self)
            writer.quoted(ISOTime.date(days: ISOTime.floorDivided(value, by: 86_400_000).quotient))
        case .time(let unit):
            let isShort = unit == .seconds || unit == .milliseconds
            let value = isShort ? Int64(value(place, as: Int32.self)) : value(place, as: Int64.self)
            writer.quoted(ISOTime.time(value, unit: unit))
        case .timestamp(let unit, let isUTC):
            writer.quoted(ISOTime.timestamp(value(place, as: Int64.self), unit: unit, isUTC: isUTC))
        case .duration(let unit):
            writer.quoted(ISOTime.duration(value(place, as: Int64.self), unit: unit))
        default: writer.null()
        }
    }

    // MARK: Bytes

    private func append(_ bytes: UnsafeRawBufferPointer, isText: Bool, to writer: JSONRowWriter) {
        if isText { writer.string(bytes, of: self) } else { writer.base64(bytes) }
    }

    private func bytes(_ place: Int, isLarge: Bool) -> UnsafeRawBufferPointer {
        let range = range(place, isLarge: isLarge)
        guard let second, !range.isEmpty else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: second + range.lowerBound, count: range.count)
    }

    private func fixed(_ place: Int, width: Int) -> UnsafeRawBufferPointer {
        guard let first else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: first + place * width, count: width)
    }

    /// A view's bytes: up to 12 in the view itself, more in the buffer that it numbers.
    private func view(_ place: Int) -> UnsafeRawBufferPointer {
        guard let first else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        let view = first + place * 16
        let count = Int(view.loadUnaligned(as: Int32.self))
        if count <= 12 { return UnsafeRawBufferPointer(start: view + 4, count: max(0, count)) }
        let buffer = Int(view.loadUnaligned(fromByteOffset: 8, as: Int32.self))
        let offset = Int(view.loadUnaligned(fromByteOffset: 12, as: Int32.self))
        guard let base = buffers?[2 + buffer] else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: base + offset, count: count)
    }

    private func signed(_ place: Int, width: Int) -> Int64 {
        switch width {
        case 1: Int64(value(place, as: Int8.self))
        case 2: Int64(value(place, as: Int16.self))
        case 4: Int64(value(place, as: Int32.self))
        default: value(place, as: Int64.self)
        }
    }

    private func unsigned(_ place: Int, width: Int) -> UInt64 {
        switch width {
        case 1: UInt64(value(place, as: UInt8.self))
        case 2: UInt64(value(place, as: UInt16.self))
        case 4: UInt64(value(place, as: UInt32.self))
        default: value(place, as: UInt64.self)
        }
    }

    /// The number of a dictionary's value.
    private func index(_ place: Int) -> Int {
        if case .unsigned(let width) = kind { return Int(clamping: unsigned(place, width: width)) }
        guard case .signed(let width) = kind else { return 0 }
        return Int(signed(place, width: width))
    }

    // MARK: Nested

    private func range(_ place: Int, isLarge: Bool) -> Range<Int> {
        if isLarge {
            let start = Int(value(place, as: Int64.self))
            return start..<max(start, Int(value(place + 1, as: Int64.self)))
        }
        let start = Int(value(place, as: Int32.self))
        return start..<max(start, Int(value(place + 1, as: Int32.self)))
    }

    private func viewRange(_ place: Int, isLarge: Bool) -> Range<Int> {
        let start = isLarge ? Int(value(place, as: Int64.self)) : Int(value(place, as: Int32.self))
        guard let second else { return start..<start }
        let count =
            isLarge
            ? Int(second.loadUnaligned(fromByteOffset: place * 8, as: Int64.self))
            : Int(second.loadUnaligned(fromByteOffset: place * 4, as: Int32.self))
        return start..<start + max(0, count)
    }

    private func appendStructure(_ place: Int, to writer: JSONRowWriter) {
        guard !children.isEmpty else {
            writer.ascii("{}")
            return
        }
        for (number, child) in children.enumerated() {
            writer.bytes(keys[number])
            child.append(place, to: writer)
        }
        writer.byte(UInt8(ascii: "}"))
    }

    private func appendElements(_ range: Range<Int>, to writer: JSONRowWriter) {
        writer.byte(UInt8(ascii: "["))
        for element in range {
            if element > range.lowerBound { writer.byte(UInt8(ascii: ",")) }
            children[0].append(element, to: writer)
            if writer.isOver { break }
        }
        writer.byte(UInt8(ascii: "]"))
    }

    /// An object where the keys are text, else an array of objects with `key` and `value`.
    private func appendMap(_ range: Range<Int>, to writer: JSONRowWriter) {
        let entries = children[0]
        let isObject = (entries.children[0].dictionary ?? entries.children[0]).kind.isText
        guard isObject, entries.children.count == 2 else {
            appendElements(range, to: writer)
            return
        }
        writer.byte(UInt8(ascii: "{"))
        for entry in range {
            if entry > range.lowerBound { writer.byte(UInt8(ascii: ",")) }
            entries.children[0].append(entry + entries.offset, to: writer)
            writer.byte(UInt8(ascii: ":"))
            entries.children[1].append(entry + entries.offset, to: writer)
            if writer.isOver { break }
        }
        writer.byte(UInt8(ascii: "}"))
    }
}
