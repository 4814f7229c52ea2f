package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlClient;
import io.gatehouse.kernel.control.ControlRequest;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** Asks the running broker and turns what goes wrong into a sentence and an exit code. */
final class BrokerConnection {
    private final Path data;

    BrokerConnection(Path data) {
        this.data = data;
    }

    /** The answer, which is of this type. */
    <A extends ControlAnswer> A ask(ControlRequest request, Class<A> answerType) throws CliFailure {
        ControlAnswer answer = call(request);
        if (answer instanceof ControlAnswer.Failed failed) {
            throw new CliFailure(exitCode(failed.reason()), failed.message());
        }
        if (!answerType.isInstance(answer)) {
            throw new CliFailure(
                    ExitCode.FAILED, "the broker gave another answer than expected: it has another version");
        }
        return answerType.cast(answer);
    }

    private ControlAnswer call(ControlRequest request) throws CliFailure {
        try {
            return new ControlClient(data).call(request);
        } catch (ControlClient.BrokerNotRunning nobody) {
            throw new CliFailure(ExitCode.NOT_RUNNING, String.valueOf(nobody.getMessage()));
        } catch (AccessDeniedException denied) {
            throw new CliFailure(
                    ExitCode.REFUSED,
                    "the data directory " + data + " belongs to another user: run this as the user of the broker");
        } catch (IOException failure) {
            throw new CliFailure(
                    ExitCode.FAILED, "the broker of " + data + " did not answer properly: " + failure.getMessage());
        }
    }

    private static ExitCode exitCode(ControlAnswer.Reason reason) {
        return switch (reason) {
            case BAD_REQUEST -> ExitCode.USAGE;
            case NOT_FOUND -> ExitCode.NOT_FOUND;
            case EXISTS -> ExitCode.EXISTS;
            case REFUSED -> ExitCode.REFUSED;
            case UNAVAILABLE -> ExitCode.UNAVAILABLE;
            case ERROR -> ExitCode.FAILED;
        };
    }
}
