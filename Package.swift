// swift-tools-version:6.2
import PackageDescription

/// Every target of our own: strict concurrency comes with the Swift 6 language mode.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Targets on the hot path: run-time exclusivity checks of class properties took a tenth of a scan, so release
/// builds leave them out; debug builds, and so the tests, keep them.
let hot: [SwiftSetting] =
    strict + [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

let package = Package(
    name: "assay",
    products: [
        .executable(name: "assay", targets: ["assay"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        .systemLibrary(name: "CICU", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"])]),
        .systemLibrary(name: "CHunspell", pkgConfig: "hunspell", providers: [.apt(["libhunspell-dev"])]),
        .systemLibrary(name: "CLinear", providers: [.apt(["liblinear-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "CJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CArrow"),
        .target(name: "CText", cSettings: [.define("NDEBUG", .when(configuration: .release))]),

        .target(name: "Corpus", dependencies: ["CJSON", "CText"], swiftSettings: hot),
        .target(
            name: "Shards",
            dependencies: [
                "CArrow", "CJSON", "CText", "CZlib", "CZstd", "Corpus",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: hot),
        .target(name: "TextForms", dependencies: ["CICU", "CText", "Corpus"], swiftSettings: hot),
        .target(
            name: "Findings",
            dependencies: [
                "CText", "CZstd", "Corpus",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(name: "Pipeline", swiftSettings: strict),
        .target(
            name: "NearDuplicates",
            dependencies: ["CText", "Corpus", "Findings", "Pipeline", "TextForms"],
            resources: [.embedInCode("Words")],
            swiftSettings: hot),
        .target(
            name: "EvalOverlap",
            dependencies: ["CText", "Corpus", "Findings", "Pipeline", "TextForms"],
            swiftSettings: hot),
        .target(
            name: "LanguageProfile",
            dependencies: ["CHunspell", "CText", "Corpus", "Findings", "TextForms"],
            resources: [.embedInCode("Words")],
            swiftSettings: hot),
        .target(
            name: "Comparison",
            dependencies: ["CLinear", "CText", "Corpus", "Findings", "Pipeline", "TextForms"],
            swiftSettings: hot),
        .target(
            name: "Reporting",
            dependencies: [
                "Corpus", "Findings",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [.embedInCode("Page/Parts")],
            swiftSettings: strict),
        .target(
            name: "Review",
            dependencies: [
                "CText", "Corpus", "Findings",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "FlyingFox", package: "FlyingFox"),
            ],
            resources: [.embedInCode("Page")],
            swiftSettings: strict),
        .executableTarget(
            name: "assay",
            dependencies: [
                "CText", "Comparison", "Corpus", "EvalOverlap", "Findings", "LanguageProfile",
                "NearDuplicates", "Pipeline", "Reporting", "Review", "Shards", "TextForms",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),

        .target(
            name: "TestSupport", path: "Tests/TestSupport", exclude: ["Parquet"], swiftSettings: strict),
        .testTarget(
            name: "CorpusTests", dependencies: ["Corpus", "Shards", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "ShardsTests", dependencies: ["Shards", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "TextFormsTests", dependencies: ["TextForms", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "FindingsTests", dependencies: ["Findings", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "PipelineTests", dependencies: ["Pipeline", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "NearDuplicatesTests", dependencies: ["NearDuplicates", "Shards", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "EvalOverlapTests", dependencies: ["EvalOverlap", "Shards", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "LanguageProfileTests", dependencies: ["LanguageProfile", "Shards", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ComparisonTests", dependencies: ["Comparison", "NearDuplicates", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ReportingTests", dependencies: ["Reporting", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "ReviewTests", dependencies: ["Review", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CommandTests", dependencies: ["TestSupport", "Findings", "Shards"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
