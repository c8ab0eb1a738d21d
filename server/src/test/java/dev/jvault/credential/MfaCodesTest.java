package dev.jvault.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.command.HelperFailedException;
import dev.jvault.profile.MfaDevice;
import dev.jvault.secret.Secret;
import dev.jvault.testing.FakeClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The life of a code: offered, spent, refused. */
final class MfaCodesTest {
  private static final String SERIAL = "arn:aws:iam::123456789012:mfa/me";
  private static final MfaDevice DEVICE = new MfaDevice(SERIAL, Optional.empty());
  private static final Secret CODE = Secret.of("123456");
  private static final Secret NEXT = Secret.of("654321");

  /** It starts five seconds after the beginning of a window. */
  private final FakeClock clock = new FakeClock();

  private final List<Duration> slept = new ArrayList<>();
  private final MfaCodes codes =
      new MfaCodes(
          clock,
          span -> {
            slept.add(span);
            clock.advance(span);
          });

  @Test
  void anOfferedCodeIsTakenOnceAndIsSpentThen() {
    codes.offer(SERIAL, CODE);
    assertThat(codes.offered(SERIAL)).isTrue();
    assertThat(codes.spent(SERIAL, CODE)).isFalse();
    assertThat(codes.take(DEVICE)).hasValue(CODE);
    assertThat(codes.offered(SERIAL)).isFalse();
    assertThat(codes.spent(SERIAL, CODE)).isTrue();
    assertThat(codes.take(DEVICE)).isEmpty();
  }

  @Test
  void aDiscardedCodeIsGoneAndNotSpent() {
    codes.offer(SERIAL, CODE);
    codes.discard(SERIAL);
    assertThat(codes.take(DEVICE)).isEmpty();
    codes.offer(SERIAL, CODE);
    codes.discardAll();
    assertThat(codes.take(DEVICE)).isEmpty();
    assertThat(codes.spent(SERIAL, CODE)).isFalse();
  }

  @Test
  void aSpentCodeStaysSpentForJustUnderTwoMinutes() {
    codes.spend(SERIAL, CODE);
    clock.advance(Duration.ofMinutes(2).minusMillis(1));
    assertThat(codes.spent(SERIAL, CODE)).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(codes.spent(SERIAL, CODE)).isFalse();
  }

  @Test
  void aCodeIsSpentForItsOwnDeviceOnly() {
    codes.spend(SERIAL, CODE);
    assertThat(codes.spent("another device", CODE)).isFalse();
    assertThat(codes.spent(SERIAL, NEXT)).isFalse();
  }

  @Test
  void severalSpentCodesAreRememberedEachForItsOwnTime() {
    codes.spend(SERIAL, CODE);
    clock.advance(Duration.ofMinutes(1));
    codes.spend(SERIAL, NEXT);
    clock.advance(Duration.ofMinutes(1));
    assertThat(codes.spent(SERIAL, CODE)).isFalse();
    assertThat(codes.spent(SERIAL, NEXT)).isTrue();
  }

  @Test
  void onlyTheCodeThatAwsRefusedLastIsRefused() {
    Outcome refusal = new Outcome.Denied(Outcome.Reason.MFA_REFUSED, "no");
    assertThat(codes.judged(DEVICE, CODE, refusal)).isSameAs(refusal);
    assertThat(codes.refused(SERIAL, CODE)).isTrue();
    Outcome _ = codes.judged(DEVICE, NEXT, refusal);
    assertThat(codes.refused(SERIAL, CODE)).isFalse();
    assertThat(codes.refused(SERIAL, NEXT)).isTrue();
  }

  @Test
  void anyOtherOutcomeRefusesNoCode() {
    Outcome _ = codes.judged(DEVICE, CODE, new Outcome.Denied(Outcome.Reason.ACCESS_DENIED, "no"));
    Outcome _ = codes.judged(DEVICE, CODE, new Outcome.Unavailable("later"));
    assertThat(codes.refused(SERIAL, CODE)).isFalse();
  }

  @Test
  void aFreshCodeIsNotWaitedFor() throws HelperFailedException {
    var told = new ArrayList<Duration>();
    assertThat(codes.fresh(SERIAL, () -> CODE, told::add)).isEqualTo(CODE);
    assertThat(told).isEmpty();
    assertThat(slept).isEmpty();
  }

  @Test
  void aRepeatedCodeWaitsForTheNextWindow() throws HelperFailedException {
    codes.spend(SERIAL, CODE);
    var told = new ArrayList<Duration>();
    Deque<Secret> printed = new ArrayDeque<>(List.of(CODE, NEXT));
    assertThat(codes.fresh(SERIAL, printed::pop, told::add)).isEqualTo(NEXT);
    assertThat(told).containsExactly(Duration.ofSeconds(25));
    assertThat(slept).containsExactly(Duration.ofSeconds(25));
  }

  @Test
  void atTheBeginningOfAWindowTheWholeWindowIsWaitedFor() throws HelperFailedException {
    clock.advance(Duration.ofSeconds(25));
    codes.spend(SERIAL, CODE);
    Deque<Secret> printed = new ArrayDeque<>(List.of(CODE, NEXT));
    Secret _ = codes.fresh(SERIAL, printed::pop, _ -> {});
    assertThat(slept).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void aProgramThatRepeatsACodeTwiceFails() {
    codes.spend(SERIAL, CODE);
    assertThatThrownBy(() -> codes.fresh(SERIAL, () -> CODE, _ -> {}))
        .isInstanceOf(HelperFailedException.class)
        .hasMessage("gave a code that has already been used");
  }
}
