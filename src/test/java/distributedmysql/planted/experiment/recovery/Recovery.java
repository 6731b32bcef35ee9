package distributedmysql.planted.experiment.recovery;

public record Recovery() {}
