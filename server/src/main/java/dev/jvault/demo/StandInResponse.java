package dev.jvault.demo;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A response in the XML of the <a
 * href="https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html">STS API</a>.
 *
 * @param status the HTTP status
 */
record StandInResponse(int status, String xml) {
  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
  private static final String REQUEST_ID = "00000000-0000-4000-8000-000000000000";

  static StandInResponse session(MadeUpCredentials.Issued issued) {
    return result("GetSessionToken", xml -> credentials(xml, issued));
  }

  static StandInResponse federated(MadeUpCredentials.Issued issued, String arn, String name) {
    return result(
        "GetFederationToken",
        xml -> {
          xml.writeStartElement("FederatedUser");
          element(xml, "Arn", arn);
          element(xml, "FederatedUserId", StandInSts.ACCOUNT + ":" + name);
          xml.writeEndElement();
          credentials(xml, issued);
        });
  }

  static StandInResponse role(MadeUpCredentials.Issued issued, String arn, String sessionName) {
    return result(
        "AssumeRole",
        xml -> {
          xml.writeStartElement("AssumedRoleUser");
          element(xml, "Arn", arn);
          element(xml, "AssumedRoleId", "AROADEMODEMODEMODEMO:" + sessionName);
          xml.writeEndElement();
          credentials(xml, issued);
        });
  }

  static StandInResponse identity(String accessKeyId, String arn, String account) {
    return result(
        "GetCallerIdentity",
        xml -> {
          element(xml, "Arn", arn);
          element(xml, "UserId", accessKeyId.replaceFirst("^A.IA", "AIDA"));
          element(xml, "Account", account);
        });
  }

  /** 403: the caller is not allowed to do this. */
  static StandInResponse refused(String code, String message) {
    return error(403, code, message);
  }

  /** 400: the request is invalid. */
  static StandInResponse invalid(String code, String message) {
    return error(400, code, message);
  }

  private static StandInResponse result(String action, Content content) {
    return new StandInResponse(
        200,
        document(
            action + "Response",
            xml -> {
              xml.writeStartElement(action + "Result");
              content.write(xml);
              xml.writeEndElement();
              xml.writeStartElement("ResponseMetadata");
              element(xml, "RequestId", REQUEST_ID);
              xml.writeEndElement();
            }));
  }

  private static StandInResponse error(int status, String code, String message) {
    return new StandInResponse(
        status,
        document(
            "ErrorResponse",
            xml -> {
              xml.writeStartElement("Error");
              element(xml, "Type", "Sender");
              element(xml, "Code", code);
              element(xml, "Message", message);
              xml.writeEndElement();
              element(xml, "RequestId", REQUEST_ID);
            }));
  }

  private static void credentials(XMLStreamWriter xml, MadeUpCredentials.Issued issued)
      throws XMLStreamException {
    xml.writeStartElement("Credentials");
    element(xml, "AccessKeyId", issued.accessKeyId());
    element(xml, "SecretAccessKey", issued.secretAccessKey());
    element(xml, "SessionToken", issued.sessionToken());
    element(xml, "Expiration", issued.expiration());
    xml.writeEndElement();
  }

  private static String document(String root, Content content) {
    var text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartElement(root);
      xml.writeDefaultNamespace(NAMESPACE);
      content.write(xml);
      xml.writeEndElement();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML could not be written to memory", e);
    }
    return text.toString();
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  @FunctionalInterface
  private interface Content {
    void write(XMLStreamWriter xml) throws XMLStreamException;
  }
}
