package dev.jvault.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.secret.Secret;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.signin.endpoints.SigninEndpointProvider;

/** The addresses of the console and of its sign-in in every partition. */
final class ConsoleAddressTest {
  @ParameterizedTest
  @CsvSource({
    "us-east-1,      aws,        us-east-1.signin.aws.amazon.com,             us-east-1.console.aws.amazon.com",
    "me-central-1,   aws,        me-central-1.signin.aws.amazon.com,          me-central-1.console.aws.amazon.com",
    "cn-north-1,     aws-cn,     signin.amazonaws.cn,                         cn-north-1.console.amazonaws.cn",
    "us-gov-west-1,  aws-us-gov, signin.amazonaws-us-gov.com,                 us-gov-west-1.console.amazonaws-us-gov.com",
    "us-iso-east-1,  aws-iso,    us-iso-east-1.signin.c2shome.ic.gov,         us-iso-east-1.console.c2shome.ic.gov",
    "us-isob-east-1, aws-iso-b,  us-isob-east-1.signin.sc2shome.sgov.gov,     us-isob-east-1.console.sc2shome.sgov.gov",
    "eu-isoe-west-1, aws-iso-e,  eu-isoe-west-1.signin.csphome.adc-e.uk,      eu-isoe-west-1.console.csphome.adc-e.uk",
    "us-isof-south-1, aws-iso-f, us-isof-south-1.signin.csphome.hci.ic.gov,   us-isof-south-1.console.csphome.hci.ic.gov",
    "eusc-de-east-1, aws-eusc,   eusc-de-east-1.signin.amazonaws-eusc.eu,     eusc-de-east-1.console.amazonaws-eusc.eu"
  })
  void areThoseOfTheRegionsPartition(String region, String id, String signin, String console) {
    Partition partition = Partition.ofRegion(region);
    assertThat(partition.id()).isEqualTo(id);
    assertThat(Partition.ofArn("arn:" + id + ":iam::123456789012:role/x")).isEqualTo(partition);
    assertThat(SigninEndpoint.of(partition, region, Optional.empty()).federation())
        .hasToString("https://" + signin + "/federation");
    assertThat(ConsoleDestination.home(partition, region).url())
        .hasToString("https://" + console + "/console/home?region=" + region);
    // The SDK names the region in each host; China and GovCloud document hosts without it.
    URI ofTheSdk =
        SigninEndpointProvider.defaultProvider()
            .resolveEndpoint(rule -> rule.region(Region.of(region)))
            .join()
            .endpointUrl()
            .toUri();
    assertThat(ofTheSdk.getHost()).isIn(signin, region + "." + signin);
  }

  @ParameterizedTest
  @CsvSource({
    "s3,   s3/home?region=eu-west-1",
    "sfn,  states/home?region=eu-west-1",
    "ssm,  systems-manager/home?region=eu-west-1"
  })
  void leadToTheConsoleOfAService(String service, String page) {
    assertThat(ConsoleDestination.service(Partition.AWS, "eu-west-1", service).url())
        .hasToString("https://eu-west-1.console.aws.amazon.com/" + page);
  }

  @ParameterizedTest
  @CsvSource({
    "ec2/v2/home,             ec2/v2/home?region=eu-west-1",
    "/ec2/v2/home#Instances:, ec2/v2/home?region=eu-west-1#Instances:",
    "s3/buckets/b?tab=objects, s3/buckets/b?tab=objects&region=eu-west-1"
  })
  void leadToAPageByItsPath(String path, String page) {
    assertThat(ConsoleDestination.path(Partition.AWS, "eu-west-1", path).url())
        .hasToString("https://eu-west-1.console.aws.amazon.com/" + page);
  }

  @ParameterizedTest
  @CsvSource({
    "https://vpce.example.com,             https://vpce.example.com/federation",
    "https://vpce.example.com/,            https://vpce.example.com/federation",
    "https://vpce.example.com/a/,          https://vpce.example.com/a/federation",
    "https://vpce.example.com/federation,  https://vpce.example.com/federation"
  })
  void areThoseOfTheConfiguredEndpoint(String configured, String federation) {
    assertThat(
            SigninEndpoint.of(Partition.AWS, "eu-west-1", Optional.of(URI.create(configured)))
                .federation())
        .hasToString(federation);
  }

  @Test
  void showNoTokenInAText() {
    var endpoint = SigninEndpoint.of(Partition.AWS, "eu-west-1", Optional.empty());
    Secret url =
        endpoint.loginUrl(
            ConsoleDestination.home(Partition.AWS, "eu-west-1"), Secret.of("canary+/="));
    assertThat(url.reveal()).endsWith("&SigninToken=canary%2B%2F%3D");
    assertThat(endpoint.afterLogout(url).reveal())
        .startsWith("https://eu-west-1.signin.aws.amazon.com/oauth?Action=logout&redirect_uri=")
        .endsWith("%26SigninToken%3Dcanary%252B%252F%253D");
    assertThat(url.toString()).doesNotContain("canary");
  }
}
