/// Words with two spellings, of British and American English mostly, that no rule of `SpellingDecision` makes of one
/// another. Words that are two words in one of both (`licence`, `programme`, `tyre`) are left out.
enum IrregularTwins {
    /// Each with its other spelling, both ways.
    static let all: [[UInt8]: [UInt8]] = {
        var twins: [[UInt8]: [UInt8]] = [:]
        for (first, second) in [
            ("grey", "gray"), ("greys", "grays"), ("judgement", "judgment"), ("judgements", "judgments"),
            ("acknowledgement", "acknowledgment"), ("enquiry", "inquiry"), ("enquiries", "inquiries"),
            ("learnt", "learned"), ("spelt", "spelled"), ("dreamt", "dreamed"), ("dialogue", "dialog"),
            ("ageing", "aging"), ("artefact", "artifact"), ("artefacts", "artifacts"),
            ("jewellery", "jewelry"), ("sceptical", "skeptical"), ("aluminium", "aluminum"),
            ("doughnut", "donut"), ("doughnuts", "donuts"), ("pyjamas", "pajamas"),
            ("moustache", "mustache"), ("mum", "mom"), ("yoghurt", "yogurt"), ("whisky", "whiskey"),
            ("omelette", "omelet"), ("cosy", "cozy"), ("mould", "mold"), ("plough", "plow"),
        ] {
            twins[Array(first.utf8)] = Array(second.utf8)
            twins[Array(second.utf8)] = Array(first.utf8)
        }
        return twins
    }()
}
