import Crypto
import Findings
import Foundation

/// The page and its requests. No path or query is ever the name of a file.
package final class ReviewRoutes: @unchecked Sendable {  // the server calls it under a lock
    private let session: ReviewSession

    package init(_ session: ReviewSession) { self.session = session }

    /// - Parameter request: of somebody who was let in.
    package func respond(to request: PageRequest) -> PageResponse {
        do {
            return try route(request)
        } catch let error as ReviewError {
            return Self.failure(409, error.description)
        } catch let error as FindingsError {
            return Self.failure(500, error.description)
        } catch is DecodingError {
            return Self.failure(400, "the request is not what this page sends; load it again")
        } catch {
            return Self.failure(500, "the request failed")
        }
    }

    private func route(_ request: PageRequest) throws -> PageResponse {
        switch (request.method, request.path) {
        case ("GET", "/"): return page
        case ("GET", "/api/state"): return try Self.json(session.stateView())
        case ("GET", "/api/cluster"):
            return try Self.json(
                session.clusterView(place: number(request, "place"), from: number(request, "from")))
        case ("GET", "/api/overlap"):
            return try Self.json(session.overlapView(place: number(request, "place")))
        case ("GET", "/api/danger"):
            let found = session.nextInDanger(
                after: request.query["after"],
                from: request.query["from"] == nil ? nil : try number(request, "from"))
            return try Self.json(Danger(place: found?.place, slice: found?.slice))
        case ("POST", let path): return try Self.json(decide(path, request.body))
        default: return .refusal(404, "there is no such page")
        }
    }

    private struct Danger: Encodable {
        var place: Int?
        var slice: String?
    }

    private func number(_ request: PageRequest, _ name: String) throws -> Int {
        guard let text = request.query[name] else { return 0 }
        guard let number = Int(text), number >= 0 else {
            throw ReviewError.wrongRequest("\(name) is no whole number")
        }
        return number
    }

    // MARK: Decisions

    /// What a request to decide holds.
    private struct Order: Decodable {
        var cluster: Int?
        var members: [Int]?
        var member: Int?
        var place: Int?
        var action: String?
        var reason: String?
        var note: String?
        var statement: String?
        var filter: ReviewFilter?
        var commit: Bool?
    }

    private func decide(_ path: String, _ body: [UInt8]) throws -> ReviewViews.State {
        let order = try JSONDecoder().decode(Order.self, from: Data(body))
        let after = order.cluster.flatMap { session.place(ofCluster: $0) } ?? order.place ?? -1
        return try session.stateView(message: try perform(path, order), after: after)
    }

    private func perform(_ path: String, _ order: Order) throws -> String {
        switch path {
        case "/api/accept":
            let members = order.members ?? []
            try session.accept(cluster: try cluster(order), members: members, note: order.note)
            return members.isEmpty ? "accepted" : "the row goes again, where it reaches the keeper"
        case "/api/restore":
            let members = order.members ?? []
            try session.restore(
                cluster: try cluster(order), members: members, reason: order.reason, note: order.note)
            return members.count == 1 ? "the row stays; r again takes that back" : "the rows stay"
        case "/api/keeper": return try makeKeeper(order)
        case "/api/note":
            try session.note(cluster: try cluster(order), order.note ?? "")
            return "noted"
        case "/api/overlap": return try decideOverlap(order)
        case "/api/accept-all": return try acceptAll(order)
        case "/api/undo":
            return try session.undo().map { "taken back: \($0.action.rawValue)" }
                ?? "there is nothing of yours to take back"
        case "/api/sign-off":
            try session.signOff(order.statement ?? "")
            return "signed off"
        default: throw ReviewError.wrongRequest("there is no such request")
        }
    }

    private func cluster(_ order: Order) throws -> Int {
        guard let cluster = order.cluster else { throw ReviewError.noSuchRow }
        return cluster
    }

    private func makeKeeper(_ order: Order) throws -> String {
        let cluster = try cluster(order)
        guard let member = order.member else { throw ReviewError.noSuchRow }
        return try session.makeKeeperSaying(
            cluster: cluster, member: member, reason: order.reason, note: order.note)
    }

    private func decideOverlap(_ order: Order) throws -> String {
        guard let action = order.action.flatMap({ Decision.Action(rawValue: $0) }),
            [.remove, .retire, .dismiss, .accept].contains(action), let place = order.place
        else {
            throw ReviewError.wrongRequest(
                "an action on an overlap is remove, retire, not-contamination or accept")
        }
        return try session.decide(overlap: place, action, reason: order.reason, note: order.note)
    }

    private func acceptAll(_ order: Order) throws -> String {
        guard let filter = order.filter, !filter.isEmpty else { throw ReviewError.emptyFilter }
        if order.commit == true {
            let count = try session.acceptAll(filter, reason: order.reason)
            return "\(count) clusters accepted: \(filter.description)"
        }
        return "\(try session.clusters(takenBy: filter).count) open clusters: \(filter.description)"
    }

    // MARK: Answers

    private static func json(_ value: some Encodable) throws -> PageResponse {
        PageResponse(
            status: 200, type: "application/json; charset=utf-8",
            body: try JSONBytesEncoder.encode(value, indented: false))
    }

    private struct Failure: Encodable {
        var error: String
    }

    private static func failure(_ status: Int, _ reason: String) -> PageResponse {
        let body = try? JSONBytesEncoder.encode(Failure(error: reason), indented: false)
        return PageResponse(status: status, type: "application/json; charset=utf-8", body: body ?? [])
    }

    /// One file, whose style and script are allowed by their digests.
    private lazy var page: PageResponse = {
        let style = String(decoding: PackageResources.review_css, as: UTF8.self)
        let script = String(decoding: PackageResources.review_js, as: UTF8.self)
        let html = String(decoding: PackageResources.review_html, as: UTF8.self)
            .replacing("/*style*/", with: style).replacing("/*script*/", with: script)
        let policy =
            "default-src 'none'; style-src 'sha256-\(Self.digest(style))'; script-src 'sha256-\(Self.digest(script))'; "
            + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        return PageResponse(
            status: 200, type: "text/html; charset=utf-8", body: Array(html.utf8), policy: policy)
    }()

    private static func digest(_ text: String) -> String {
        Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }
}
