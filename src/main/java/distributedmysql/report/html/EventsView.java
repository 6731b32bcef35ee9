package distributedmysql.report.html;

import distributedmysql.history.Event;
import distributedmysql.report.RunReport;
import java.util.ArrayList;
import java.util.List;

/**
 * The run's events on one line of time; places are in percent of its length.
 *
 * @param steps the first lane: each goes on until the next one begins
 * @param lanes of the other kinds that there are
 */
record EventsView(List<EventRow> rows, List<Bar> steps, List<Lane> lanes, List<Tick> ticks) {
    private static final double[] STEPS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400, 28_800};
    private static final int MOST_TICKS = 7;

    /** @param time since the program's start */
    record EventRow(String time, String at, String kind, String about, String text) {}

    record Bar(String name, String time, String left, String width) {}

    record Lane(String kind, List<Dot> dots) {}

    record Dot(String text, String left) {}

    record Tick(String label, String left) {}

    static EventsView of(RunReport report) {
        List<Event> events = report.events();
        double last = events.isEmpty() ? 0 : events.get(events.size() - 1).millis();
        double end = Math.max(Math.max(last, report.run().durationSeconds() * 1e3), 1);
        return new EventsView(
                events.stream().map(EventsView::row).toList(),
                bars(events, end),
                lanes(events, end),
                events.isEmpty() ? List.of() : ticks(end));
    }

    private static EventRow row(Event event) {
        return new EventRow(
                since(event.millis()), Words.time(event.at()), event.kind().label(), event.about(), event.text());
    }

    private static List<Bar> bars(List<Event> events, double end) {
        List<Event> steps =
                events.stream().filter(event -> event.kind() == Event.Kind.STEP).toList();
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            double from = steps.get(i).millis();
            double to = i + 1 < steps.size() ? steps.get(i + 1).millis() : end;
            bars.add(new Bar(
                    steps.get(i).about(), since(steps.get(i).millis()), percent(from, end), percent(to - from, end)));
        }
        return bars;
    }

    private static List<Lane> lanes(List<Event> events, double end) {
        List<Lane> lanes = new ArrayList<>();
        for (Event.Kind kind : Event.Kind.values()) {
            List<Dot> dots = events.stream()
                    .filter(event -> event.kind() == kind && kind != Event.Kind.STEP)
                    .map(event -> new Dot(
                            since(event.millis()) + " " + event.about() + ": " + event.text(),
                            percent(event.millis(), end)))
                    .toList();
            if (!dots.isEmpty()) {
                lanes.add(new Lane(kind.label(), dots));
            }
        }
        return lanes;
    }

    private static List<Tick> ticks(double end) {
        double seconds = end / 1e3;
        double step = STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0 && seconds / STEPS[i] <= MOST_TICKS; i--) {
            step = STEPS[i];
        }
        List<Tick> ticks = new ArrayList<>();
        for (double at = 0; at <= seconds * 0.97; at += step) {
            ticks.add(new Tick(Words.duration(at), percent(at * 1e3, end)));
        }
        return ticks;
    }

    private static String since(long millis) {
        return millis < 120_000
                ? Words.format("%.1f s", millis / 1e3)
                : Words.format("%d:%02d:%02d", millis / 3_600_000, millis / 60_000 % 60, millis / 1_000 % 60);
    }

    private static String percent(double part, double all) {
        return Words.format("%.2f%%", Math.max(0, Math.min(100, 100 * part / all)));
    }
}
